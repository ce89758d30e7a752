/// How a CSV text is written, as far as it differs from file to file.
struct CSVDialect: Hashable, Sendable {
    /// The delimiters that are looked for, the likeliest first.
    static let delimiters = [UInt8](",;\t|".utf8)
    /// How many records of a text are looked at.
    static let sampledRecords = 100

    let delimiter: UInt8
    let quoting: CSVQuoting
    /// How many bytes at the text's start are a byte-order mark and a `sep=` line.
    let prefixLength: Int
    /// The physical line that the records start on, from 1.
    let firstLine: Int
    /// The line where the header starts; nil for the first record.
    let headerLine: Int?
    /// What was found, for a person who asks.
    let traits: [ManifestTrait]

    /// Finds the dialect of a text from its first bytes.
    ///
    /// - Throws: `DelimiterTooLong` where a `sep=` line names a delimiter of several characters.
    init(
        of sample: [UInt8],
        isWhole: Bool,
        options: ManifestOptions = ManifestOptions()
    ) throws(DelimiterTooLong) {
        let markLength = sample.starts(with: ByteOrderMark.utf8) ? ByteOrderMark.utf8.count : 0
        let separator = try Self.separatorLine(sample[markLength...], isOverridden: options.delimiter != nil)
        prefixLength = markLength + (separator?.length ?? 0)
        firstLine = separator == nil ? 1 : 2
        let text = Array(sample[prefixLength...])
        let given = options.delimiter?.asciiValue ?? separator?.delimiter
        let candidates = given.map { [$0] } ?? Self.delimiters
        let quotes = options.quote?.asciiValue.map { [$0] } ?? [.quote, .apostrophe]
        var best: CSVTrial?
        var second = 0
        for quote in quotes {
            if quote == .apostrophe, quotes.count > 1, !Self.quotesWithApostrophes(text, candidates) { continue }
            for delimiter in candidates {
                let quoting = CSVQuoting(quote: quote)
                let trial = CSVTrial(delimiter, quoting, text, firstLine, isEnd: isWhole, options)
                if let leader = best, !trial.isBetter(than: leader) {
                    second = max(second, trial.score)
                } else {
                    second = best?.score ?? 0
                    best = trial
                }
            }
        }
        let plain = best ?? CSVTrial(candidates[0], CSVQuoting(), text, firstLine, isEnd: isWhole, options)
        let escapes = CSVEscapeSearch(plain, text, firstLine, isEnd: isWhole, options)
        let trial = escapes.trial
        delimiter = trial.delimiter
        quoting = trial.quoting
        headerLine = trial.headerLine
        traits = Self.traits(
            trial,
            delimiterReason: options.delimiter != nil
                ? "it is said by --delimiter"
                : separator != nil ? "the text's sep= line says so" : plain.reason(second: second),
            escapeReason: escapes.reason,
            isQuoteGiven: options.quote != nil,
            lineEnds: CSVLineEnds(text),
            isWhole: isWhole
        )
    }

    /// A `sep=` line whose delimiter has more than one character.
    struct DelimiterTooLong: Error {
        let delimiter: String
    }

    /// The delimiter that Excel's `sep=` line names, and the line's length, where the text starts with one.
    private static func separatorLine(
        _ text: ArraySlice<UInt8>,
        isOverridden: Bool
    ) throws(DelimiterTooLong) -> (delimiter: UInt8, length: Int)? {
        var start = text.startIndex
        var isQuoted = false
        if text.first == .quote {
            // Some programs quote every line, even this one.
            start += 1
            isQuoted = true
        }
        guard String(decoding: text[start...].prefix(4), as: UTF8.self).lowercased() == "sep=" else { return nil }
        var named = text[start...].dropFirst(4).prefix { !$0.isLineBreak }
        let end = named.endIndex
        if isQuoted {
            guard named.last == .quote else { return nil }
            named = named.dropLast()
        }
        // Anything else is a header that happens to start so.
        guard !named.isEmpty, named.count <= 8, named.allSatisfy(isDelimiter) else { return nil }
        guard let delimiter = named.first, named.count == 1 || isOverridden else {
            throw DelimiterTooLong(delimiter: String(decoding: named, as: UTF8.self))
        }
        let lineBreak = text[end...].prefix(2)
        let breakLength = lineBreak.elementsEqual("\r\n".utf8) ? 2 : min(lineBreak.count, 1)
        return (delimiter, end - text.startIndex + breakLength)
    }

    /// Whether a byte may stand in a `sep=` line: a tab, or a printable ASCII character but letters, digits and quotes.
    static func isDelimiter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), .quote:
            false
        case UInt8(ascii: "\t"), 0x20...0x7E: true
        default: false
        }
    }

    /// Whether a text quotes cells with apostrophes: most lines begin with one, and next to none holds a quote.
    ///
    /// A cell that begins with an apostrophe is common (`'s-Hertogenbosch`, or a number that was kept as text), so
    /// nearly all of them must also end with one.
    private static func quotesWithApostrophes(_ text: [UInt8], _ delimiters: [UInt8]) -> Bool {
        var opened = 0
        var closed = 0
        var lines = 0
        var before = UInt8.lineFeed
        for (index, byte) in text.prefix(1 << 16).enumerated() {
            let after = index + 1 < text.count ? text[index + 1] : .lineFeed
            if byte.isLineBreak { lines += 1 }
            if byte == .quote, before.isLineBreak || delimiters.contains(before) { return false }
            if byte == .apostrophe {
                if before.isLineBreak || delimiters.contains(before) { opened += 1 }
                if after.isLineBreak || delimiters.contains(after) { closed += 1 }
            }
            before = byte
        }
        // A text that ends with a delimiter looks as if another one began behind it.
        return opened >= 2 && abs(opened - closed) * 10 <= opened && opened * 2 >= lines
    }

    private static func traits(
        _ trial: CSVTrial,
        delimiterReason: String,
        escapeReason: String,
        isQuoteGiven: Bool,
        lineEnds: CSVLineEnds,
        isWhole: Bool
    ) -> [ManifestTrait] {
        let quote = String(UnicodeScalar(trial.quoting.quote))
        let escape =
            switch trial.quoting.escape {
            case .none: "doubled"
            case .quoted: "doubled or after a backslash"
            case .anywhere: "doubled or after a backslash, as are delimiters and line breaks in any cell"
            case .database:
                "doubled or after a backslash, as are delimiters and line breaks in any cell; \\t, \\n and the like are "
                    + "control characters"
            }
        let null =
            trial.nulls > 0
            ? [ManifestTrait("empty cells", "also \\N", reason: "so databases write a cell without a value")] : []
        return [
            ManifestTrait(
                "delimiter",
                trial.delimiter == UInt8(ascii: "\t") ? "tab" : "\"\(UnicodeScalar(trial.delimiter))\"",
                reason: delimiterReason
            ),
            ManifestTrait(
                "quote",
                quote,
                reason: isQuoteGiven
                    ? "it is said by --quote"
                    : trial.quoting.quote == .quote ? "no other is in use" : "cells begin and end with it; 90 % sure"
            ),
            ManifestTrait("quote within a cell", escape, reason: escapeReason),
            ManifestTrait("line ends", lineEnds.description, reason: isWhole ? "counted" : "counted in the first MiB"),
        ] + null
    }
}

/// The line ends that a text uses.
struct CSVLineEnds: CustomStringConvertible {
    private var counts = ["CRLF": 0, "LF": 0, "CR": 0]

    init(_ text: [UInt8]) {
        var before: UInt8 = 0
        for byte in text {
            if byte == .lineFeed {
                counts[before == .carriageReturn ? "CRLF" : "LF", default: 0] += 1
            }
            if before == .carriageReturn, byte != .lineFeed { counts["CR", default: 0] += 1 }
            before = byte
        }
        if before == .carriageReturn { counts["CR", default: 0] += 1 }
    }

    var description: String {
        let used = counts.filter { $0.value > 0 }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        if used.isEmpty { return "none" }
        if used.count == 1 { return used[0].key }
        return "mixed: " + used.map { "\($0.value) × \($0.key)" }.joined(separator: ", ")
    }
}
