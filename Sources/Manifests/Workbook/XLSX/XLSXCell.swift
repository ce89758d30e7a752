/// The cell of a sheet that is being read.
struct XLSXCell {
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
    private var value: [UInt8] = []
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
        value.removeAll(keepingCapacity: true)
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

    /// What the cell says; nil for an empty one.
    mutating func finish(column: Int, _ workbook: XLSXWorkbook) -> SheetCell? {
        switch kind {
        case .inlineText:
            let inline = inlineText.finish()
            guard inline.isEmpty else { return text(inline, column) }
            // Some writers put the text where other cells have theirs.
            EscapedText.resolve(&value)
            return text(value, column)
        case .formulaText:
            EscapedText.resolve(&value)
            return text(value, column)
        case .sharedText: return sharedText(column, workbook)
        default: trim()
        }
        guard !value.isEmpty else {
            return hasFormula ? SheetCell(column: column, text: "", fault: .formula) : nil
        }
        let stored = String(decoding: value, as: UTF8.self)
        switch kind {
        case .boolean: return SheetCell(column: column, text: stored == "1" || stored == "true" ? "TRUE" : "FALSE")
        case .error: return SheetCell(column: column, text: stored, fault: .errorValue)
        case .date: return SheetCell(column: column, text: StoredDate.text(stored))
        default: return number(stored, column, workbook)
        }
    }

    private func text(_ bytes: [UInt8], _ column: Int) -> SheetCell? {
        bytes.isEmpty ? nil : SheetCell(column: column, text: String(decoding: bytes, as: UTF8.self))
    }

    private mutating func sharedText(_ column: Int, _ workbook: XLSXWorkbook) -> SheetCell? {
        trim()
        guard !value.isEmpty else { return nil }
        guard let text = Int(ascii: value.span).flatMap({ workbook.strings[$0] }) else {
            return SheetCell(column: column, text: "", fault: .sharedText)
        }
        return text.isEmpty ? nil : SheetCell(column: column, text: text)
    }

    private func number(_ stored: String, _ column: Int, _ workbook: XLSXWorkbook) -> SheetCell {
        let format = workbook.styles[style]
        if let text = format.text(of: value, dates: workbook.dates) { return SheetCell(column: column, text: text) }
        let isNumber = DecimalNumber(value) != nil
        return SheetCell(column: column, text: stored, fault: isNumber ? .date : .number)
    }

    private mutating func trim() {
        while let last = value.last, last.isXMLSpace { value.removeLast() }
        while let first = value.first, first.isXMLSpace { value.removeFirst() }
    }
}

extension Span<UInt8> {
    /// Whether these are the bytes of a text.
    fileprivate func holds(_ text: StaticString) -> Bool {
        guard count == text.utf8CodeUnitCount else { return false }
        for index in indices where unsafe self[index] != text.utf8Start[index] { return false }
        return true
    }
}
