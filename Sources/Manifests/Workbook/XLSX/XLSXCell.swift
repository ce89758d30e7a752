/// The cell of a sheet that is being read.
struct XLSXCell: ~Copyable {
    private enum Place {
        case outside, value, inlineText
    }

    /// What a cell's value is, and where it stands.
    private enum Kind {
        case number, boolean, error, date, sharedText, formulaText, inlineText

        init(_ code: Span<UInt8>) {
            self =
                switch (code.count, code.isEmpty ? 0 : code[0]) {
                case (1, UInt8(ascii: "s")): .sharedText
                case (1, UInt8(ascii: "b")): .boolean
                case (1, UInt8(ascii: "e")): .error
                case (1, UInt8(ascii: "d")): .date
                case (3, UInt8(ascii: "s")) where code.holds("str"): .formulaText
                case (9, UInt8(ascii: "i")) where code.holds("inlineStr"): .inlineText
                default: .number
                }
        }
    }

    /// Where the cell says that it stands: its column from 0, its row from 1; nil where that is no reference.
    private(set) var reference: (column: Int, row: Int)?
    /// Whether it says so.
    private(set) var hasReference = false
    private var kind = Kind.number
    private var style = 0
    private var hasFormula = false
    private var place = Place.outside
    private var value = PlainList<UInt8>()
    private var inlineText = RichText()

    mutating func begin(_ stream: XLSXStream) {
        (kind, style, hasReference, reference) = (.number, 0, false, nil)
        stream.forEachAttribute { name, value in
            switch name {
            case .reference: (hasReference, reference) = (true, CellReference.place(value))
            case .cellType: kind = Kind(value)
            case .style: style = Int(ascii: value) ?? 0
            default: break
            }
        }
        hasFormula = false
        place = .outside
        value.removeAll()
        inlineText.removeAll()
    }

    mutating func take(_ event: XLSXStream.Event, _ stream: XLSXStream, limit: Int) throws(ManifestError) {
        switch event {
        case .start(.value): place = .value
        case .start(.inlineText): place = .inlineText
        case .end(.value), .end(.inlineText): place = .outside
        case .start(.formula): hasFormula = true
        case .text where place == .value: stream.appendText(to: &value)
        default: if place == .inlineText { inlineText.take(event, stream) }
        }
        try stream.checkCell(max(value.count, inlineText.bytes.count), limit: limit)
    }

    /// Adds what the cell says to a row, if it says anything.
    ///
    /// - Parameters:
    ///   - row: the row.
    ///   - column: the cell's column, from 0.
    ///   - workbook: what cells share.
    mutating func finish(_ row: inout SheetRow, column: Int, _ workbook: XLSXWorkbook) {
        let limit = workbook.archive.limits.record
        // Most cells are such: their text goes from the bytes that all share to those of the row.
        if kind == .sharedText {
            let digits = trimmed
            guard !digits.isEmpty else { return }
            let place = value.with(digits) { Int(ascii: $0) } ?? -1
            guard !workbook.strings.append(place, to: &row, column: column, limit: limit) else { return }
            row.append(SheetCell(column: column, text: "", fault: .sharedText), limit: limit)
        } else if let cell = cell(column, workbook) {
            row.append(cell, limit: limit)
        }
    }

    /// What a cell says that has its own value; nil for an empty one.
    private mutating func cell(_ column: Int, _ workbook: XLSXWorkbook) -> SheetCell? {
        switch kind {
        case .inlineText:
            let inline = inlineText.finish()
            guard inline.isEmpty else { return text(inline, column) }
            // Some writers put the text where other cells have theirs.
            return text(resolvedValue, column)
        case .formulaText: return text(resolvedValue, column)
        case .sharedText: return nil
        default: break
        }
        var stored: [UInt8] = []
        value.copy(trimmed, to: &stored)
        guard !stored.isEmpty else {
            return hasFormula ? SheetCell(column: column, text: "", fault: .formula) : nil
        }
        let text = String(decoding: stored, as: UTF8.self)
        switch kind {
        case .boolean: return SheetCell(column: column, text: text == "1" || text == "true" ? "TRUE" : "FALSE")
        case .error: return SheetCell(column: column, text: text, fault: .errorValue)
        case .date: return SheetCell(column: column, text: StoredDate.text(text))
        default: return number(stored, text, column, workbook)
        }
    }

    private func text(_ bytes: [UInt8], _ column: Int) -> SheetCell? {
        bytes.isEmpty ? nil : SheetCell(column: column, text: String(decoding: bytes, as: UTF8.self))
    }

    private func number(_ stored: [UInt8], _ text: String, _ column: Int, _ workbook: XLSXWorkbook) -> SheetCell {
        let format = workbook.styles[style]
        if let shown = format.text(of: stored, dates: workbook.dates) { return SheetCell(column: column, text: shown) }
        let isNumber = DecimalNumber(stored) != nil
        return SheetCell(column: column, text: text, fault: isNumber ? .date : .number)
    }

    /// The value as text, with its escapes resolved.
    private var resolvedValue: [UInt8] {
        var bytes: [UInt8] = []
        value.copy(0..<value.count, to: &bytes)
        EscapedText.resolve(&bytes)
        return bytes
    }

    /// Where the value stands without the white space around it.
    private var trimmed: Range<Int> {
        var (start, end) = (0, value.count)
        while end > 0, value[end - 1].isXMLSpace { end -= 1 }
        while start < end, value[start].isXMLSpace { start += 1 }
        return start..<end
    }
}

extension Span<UInt8> {
    /// Whether these are the bytes of a text.
    func holds(_ text: StaticString) -> Bool {
        guard count == text.utf8CodeUnitCount else { return false }
        for index in indices where unsafe self[index] != text.utf8Start[index] { return false }
        return true
    }
}
