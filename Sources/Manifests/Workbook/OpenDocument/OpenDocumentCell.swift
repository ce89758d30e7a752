/// The cell of an OpenDocument sheet that is being read.
struct OpenDocumentCell {
    /// How many cells it stands for.
    private(set) var count = 1
    private(set) var isInParagraph = false

    private var isCovered = false
    private var hasFormula = false
    private var isError = false
    private var type: String?
    private var value: String?
    private var paragraphs = 0
    private var bytes: [UInt8] = []
    /// Whether white space that follows is not shown.
    private var isAfterSpace = false

    mutating func begin(_ stream: OpenDocumentStream, isCovered: Bool) throws(ManifestError) {
        count = min(try stream.repeats(.columnsRepeated), 1 << 24)
        self.isCovered = isCovered
        hasFormula = stream.attribute(.formula) != nil
        isError = stream.attribute(.extendedType) == "error"
        type = stream.attribute(.valueType)
        value = type.flatMap { type in
            switch type {
            case "date": stream.attribute(.dateValue)
            case "time": stream.attribute(.timeValue)
            case "boolean": stream.attribute(.booleanValue)
            case "string": stream.attribute(.stringValue)
            default: stream.attribute(.value)
            }
        }
        paragraphs = 0
        bytes.removeAll(keepingCapacity: true)
        isInParagraph = false
    }

    mutating func take(
        _ event: OpenDocumentStream.Event,
        _ stream: OpenDocumentStream,
        limit: Int
    ) throws(ManifestError) {
        switch event {
        case .start(.paragraph):
            if paragraphs > 0 { bytes.append(.lineFeed) }
            paragraphs += 1
            isInParagraph = true
            isAfterSpace = true
        case .end(.paragraph): isInParagraph = false
        case .start(.spaces):
            bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: min(stream.count(.count), limit)))
            isAfterSpace = false
        case .start(.tab): bytes.append(UInt8(ascii: "\t"))
        case .start(.lineBreak): bytes.append(.lineFeed)
        case .text where isInParagraph: append(stream)
        default: break
        }
        guard bytes.count <= limit else {
            throw stream.error("a cell is longer than \(limit >> 20) MiB; shorten it", stream.line)
        }
    }

    /// Adds text; a run of white space in it is one space, and none where a paragraph begins.
    private mutating func append(_ stream: OpenDocumentStream) {
        let start = bytes.count
        stream.appendText(to: &bytes)
        var end = start
        for index in start..<bytes.count {
            let isSpace = bytes[index].isXMLSpace
            if isSpace, isAfterSpace { continue }
            bytes[end] = isSpace ? UInt8(ascii: " ") : bytes[index]
            end += 1
            isAfterSpace = isSpace
        }
        bytes.removeSubrange(end...)
    }

    /// What the cell says, its column not told; nil for an empty one.
    func finish() -> SheetCell? {
        guard !isCovered else { return nil }
        let shown = String(decoding: bytes, as: UTF8.self)
        if isError || isOldError(shown) { return SheetCell(column: 0, text: shown, fault: .errorValue) }
        guard let type, let value else {
            if shown.isEmpty {
                // A text that came out empty has an empty paragraph, or an empty value.
                let hasResult = type == "string" && paragraphs > 0
                return hasFormula && !hasResult ? SheetCell(column: 0, text: "", fault: .formula) : nil
            }
            return SheetCell(column: 0, text: shown)
        }
        switch type {
        case "string": return paragraphs > 0 || value.isEmpty ? text(shown) : text(value)
        case "boolean": return text(value == "true" ? "TRUE" : "FALSE")
        case "date": return text(StoredDate.text(value))
        case "time": return StoredDate.elapsed(value).map { SheetCell(column: 0, text: $0) } ?? text(shown)
        default: return number(value, shown, isPercentage: type == "percentage")
        }
    }

    private func text(_ text: String) -> SheetCell? { text.isEmpty ? nil : SheetCell(column: 0, text: text) }

    /// Whether it is an error as programs wrote it before they had a type for that.
    private func isOldError(_ shown: String) -> Bool {
        guard hasFormula, type != "string" else { return false }
        return shown.hasPrefix("Err:") || ["#N/A", "#NAME?", "#REF!", "#VALUE!", "#DIV/0!", "#NUM!"].contains(shown)
    }

    private func number(_ value: String, _ shown: String, isPercentage: Bool) -> SheetCell {
        guard let number = DecimalNumber(value.utf8) else { return SheetCell(column: 0, text: value, fault: .number) }
        if isPercentage { return SheetCell(column: 0, text: number.percentage.text + "%") }
        if hasFormula, let truth = number.truth, shown.isWord { return SheetCell(column: 0, text: truth) }
        return SheetCell(column: 0, text: number.isArranged(as: shown) ? shown : number.text)
    }
}

extension String {
    /// Whether it is letters and nothing else.
    fileprivate var isWord: Bool { !isEmpty && unicodeScalars.allSatisfy(\.properties.isAlphabetic) }
}

extension DecimalNumber {
    /// What LibreOffice shows, in the user's language, for a formula's 1 or 0 that stands for a truth value.
    fileprivate var truth: String? {
        switch text {
        case "1": "TRUE"
        case "0": "FALSE"
        default: nil
        }
    }

    /// Whether a text shows the digits of the number as a pattern such as `00000` or `(###) ###-####` arranges them, or
    /// among literal text.
    fileprivate func isArranged(as shown: String) -> Bool {
        guard isWhole, !isNegative else { return false }
        return isPlaced(in: shown) || hasDigits(of: shown)
    }

    /// Whether the number's digits stand in a text in order, among what only a pattern puts there.
    private func isPlaced(in shown: String) -> Bool {
        // What parts decimals and thousands, or marks an exponent, leaves the number as it is.
        guard !shown.utf8.contains(where: { ".,/".utf8.contains($0) }), !shown.contains("E+"), !shown.contains("E-"),
            !shown.unicodeScalars.contains(where: { "\u{A0}\u{202F}\u{2019}\u{66C}".unicodeScalars.contains($0) })
        else { return false }
        let digits = shown.utf8.filter(\.isDigit)
        let own = self.digits.isEmpty ? [UInt8(ascii: "0")] : wholeDigits
        return digits.count < shown.utf8.count && digits.contains(own)
    }

    private func hasDigits(of shown: String) -> Bool {
        guard shown.utf8.allSatisfy({ $0.isDigit || " +-()./".utf8.contains($0) }) else { return false }
        let digits = shown.utf8.filter(\.isDigit)
        let isPadded = digits.count > 1 && digits.first == UInt8(ascii: "0")
        let isParted = shown.utf8.contains { "+-()/".utf8.contains($0) }
        return (isPadded || isParted)
            && digits.drop { $0 == UInt8(ascii: "0") }.elementsEqual(self.digits.isEmpty ? [] : wholeDigits)
    }
}
