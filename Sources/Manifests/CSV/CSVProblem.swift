/// What is wrong with a record as CSV, before there are words for it.
struct CSVProblem: Hashable, Sendable {
    /// The kinds of problem; the raw value is the rule's name after `csv.`.
    enum Kind: String, Sendable {
        case cellTooLong, encoding, foreignEncoding, nul, recordTooLong, textAfterQuote, tooManyCells, unclosedQuote

        /// Which cells are not what was meant; nil for the problem's own, where it has one.
        var spoils: RecordFault.Reach? {
            switch self {
            // The cell took the rest of the row into it, if not of the file.
            case .unclosedQuote: .rest
            case .recordTooLong: .record
            default: nil
            }
        }
    }

    let kind: Kind
    /// The column's position, from 0, where the problem lies in one cell.
    let column: Int?
    /// The physical line of the problem, from 1.
    let line: Int
    /// For the encodings' problems: what the cell was read in where that is another one, then the text's.
    let encodings: [String]

    init(_ kind: Kind, column: Int? = nil, line: Int, encodings: [String] = []) {
        self.encodings = encodings
        self.kind = kind
        self.column = column
        self.line = line
    }

    /// The problem in words for the person who has to put it right.
    func fault(header: [String]) -> RecordFault {
        RecordFault(
            rule: "csv.\(kind.rawValue)",
            column: column,
            severity: kind == .foreignEncoding ? .warning : .error,
            spoils: kind.spoils,
            message: sentence(header: header)
        )
    }

    private func sentence(header: [String]) -> String {
        let place = place(header: header)
        return switch kind {
        case .cellTooLong: "the cell in \(place) is longer than 1 MiB and was cut; shorten it"
        case .encoding:
            "the cell in \(place) is not \(encodings.last ?? "UTF-8"); type it again and save the file as \"CSV UTF-8\""
        case .foreignEncoding:
            "the cell in \(place) is not \(encodings.last ?? "UTF-8") and was read as \(encodings.first ?? ""); check its letters"
        case .nul: "the cell in \(place) holds a NUL character; remove it"
        case .recordTooLong: "the row is longer than 16 MiB and was cut; check for a missing line break"
        case .textAfterQuote:
            "text follows the closing quote of the cell in \(place); double each quote that belongs to the text"
        case .tooManyCells:
            "the row has more cells than the header's \(header.count); quote a cell that holds the delimiter"
        case .unclosedQuote:
            "the quote before the cell in \(place), on line \(line), is never closed; close it, or double it and quote the cell"
        }
    }

    private func place(header: [String]) -> String {
        guard let column else { return "the row" }
        return header.indices.contains(column) ? "column \(column + 1) (\(header[column]))" : "column \(column + 1)"
    }
}
