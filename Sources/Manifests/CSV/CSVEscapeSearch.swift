/// Finds what backslashes do in a text whose delimiter and quote are known.
///
/// Most are text, as in the paths of Windows. That they escape is believed only where the records make more sense so.
struct CSVEscapeSearch {
    /// The records, read in the way that was found.
    private(set) var trial: CSVTrial
    /// Why that way, one sentence.
    private(set) var reason = "as RFC 4180 has it"

    init(_ plain: CSVTrial, _ text: [UInt8], _ firstLine: Int, isEnd: Bool, _ options: ManifestOptions) {
        trial = plain
        let quote = plain.quoting.quote
        guard plain.delimiter != .backslash, text.contains(.backslash) else { return }
        func read(_ escape: CSVQuoting.Escape, most: Int = .max) -> CSVTrial {
            let quoting = CSVQuoting(quote: quote, escape: escape)
            return CSVTrial(plain.delimiter, quoting, text, firstLine, isEnd: isEnd, options, most: most)
        }
        if zip(text, text.dropFirst()).contains(where: { $0 == .backslash && $1 == quote }) {
            let quoted = read(.quoted, most: CSVDialect.sampledRecords)
            if quoted.problems < trial.problems {
                trial = quoted
                reason = "the first records have fewer faults so"
            }
        }
        // A line break that is escaped may come late, but not a column that is empty in many records.
        let usesNull = plain.nulls > 0
        let escape: CSVQuoting.Escape = usesNull || plain.delimiter == UInt8(ascii: "\t") ? .database : .anywhere
        let quoting = CSVQuoting(quote: quote, escape: escape)
        guard let count = Self.escapes(text, plain.delimiter, quoting), count > 0 else { return }
        let (escaped, unescaped) = (read(escape), read(trial.quoting.escape))
        guard escaped.problems <= unescaped.problems else { return }
        if unescaped.misfits > 0, escaped.misfits * 4 <= unescaped.misfits {
            reason =
                "\(escaped.records - escaped.misfits) of \(escaped.records) records are equally wide so, and "
                + "\(unescaped.records - unescaped.misfits) of \(unescaped.records) otherwise"
        } else if usesNull, escaped.misfits <= unescaped.misfits {
            reason = "cells are \\N, as in a database's export, and each other backslash escapes something"
        } else {
            return
        }
        trial = escaped
    }

    /// How many backslashes escape something; nil where one of them escapes nothing, or is likelier a path's.
    private static func escapes(_ text: [UInt8], _ delimiter: UInt8, _ quoting: CSVQuoting) -> Int? {
        func ends(_ index: Int) -> Bool {
            !text.indices.contains(index) || text[index] == delimiter || text[index].isLineBreak
        }
        var count = 0
        var index = 0
        while index < text.count {
            guard text[index] == .backslash else {
                index += 1
                continue
            }
            // The last one may have lost what it escapes with the rest of the text.
            guard index + 1 < text.count else { break }
            let next = text[index + 1]
            if next == UInt8(ascii: "N"), ends(index - 1), ends(index + 2) {
                index += 2
                continue
            }
            guard quoting.meaning(of: next, delimiter: delimiter) != nil else { return nil }
            if isPath(text, index, ends) { return nil }
            count += 1
            index += 2
        }
        return count
    }

    /// Whether a backslash is likelier a path's: after a drive's letter, or with another one before a computer's name.
    private static func isPath(_ text: [UInt8], _ index: Int, _ ends: (Int) -> Bool) -> Bool {
        guard text[index + 1] == .backslash else {
            return index >= 2 && text[index - 1] == UInt8(ascii: ":") && text[index - 2].isASCIILetter
        }
        // A cell may be the two characters that stand for no value elsewhere.
        guard ends(index - 1), index + 2 < text.count, text[index + 2].isASCIILetter else { return false }
        return text[index + 2] != UInt8(ascii: "N") || !ends(index + 3)
    }
}
