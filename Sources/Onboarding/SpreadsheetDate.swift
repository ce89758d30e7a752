/// A date that a spreadsheet made of a code or an address line: `3-Apr` of `3-4`.
struct SpreadsheetDate {
    /// What may have been typed, up to three of the ways.
    let before: [String]
    /// Whether the month stands first, with its whole name: May-22 may be a name.
    let mayBeName: Bool
    /// Whether it has a day, a month of a number and a year, as identifiers have on purpose.
    let isWhole: Bool

    /// Reads one; nil where the text is none.
    ///
    /// - Parameter text: the cell.
    init?(_ text: String) {
        guard SpreadsheetDate.isLikely(text.utf8Span.span), text.utf8.count <= 24 else { return nil }
        var words = text.split { " -./:T,\u{A0}".contains($0) }
        if let parts = SpreadsheetDate.eastern(words) { words = parts }
        guard 2...6 ~= words.count else { return nil }
        let numbers = words.map { Int($0) }
        if let date = SpreadsheetDate.named(words, numbers, text) {
            self = date
        } else if let before = SpreadsheetDate.beforeWholeDate(text, words, numbers) {
            self.init(before: before, isWhole: true)
        } else {
            return nil
        }
    }

    private init(before: [String], mayBeName: Bool = false, isWhole: Bool = false) {
        (self.before, self.mayBeName, self.isWhole) = (before, mayBeName, isWhole)
    }

    /// A date whose month has a name, or the sign of a month: `3-Apr`, `Apr-03`, `3. dub`, `4月3日`.
    private static func named(_ words: [Substring], _ numbers: [Int?], _ text: String) -> SpreadsheetDate? {
        guard let place = words.firstIndex(where: { Int($0) == nil }), place < 2, let day = numbers[1 - place],
            words.count == 2 || words.count == 3 && numbers[2] != nil && [2, 4].contains(words[2].utf8.count),
            1...31 ~= day || place == 0 && 0...99 ~= day,
            let month = month(words[place])
        else { return nil }
        let isSpaced = text.utf8.allSatisfy {
            $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "/")
        }
        // With spaces, whole names are those of streets: 8 Mai 1945. So are some short ones: a house in Dub is Dub 12.
        if isSpaced, month.isWhole || place == 0 && !month.comesFirst { return nil }
        let typed = month.numbers.map { "\(day)-\($0)" } + ["\(words[place].uppercased())\(day)"]
        return SpreadsheetDate(before: typed, mayBeName: place == 0 && month.isWhole)
    }

    /// A whole date: 2026-04-03, 03.04.2026, 4/3/2026, perhaps with a time.
    private static func beforeWholeDate(_ text: String, _ words: [Substring], _ numbers: [Int?]) -> [String]? {
        guard words.count == 3 || words.count >= 5, let first = numbers[0], let second = numbers[1],
            let third = numbers[2],
            numbers.allSatisfy({ $0 != nil }), let sign = text.first(where: { "-./年년".contains($0) })
        else { return nil }
        let date = text.split(separator: " ")[0].split { $0 == "T" }[0]
        guard sign == "年" || sign == "년" || date.count(where: { $0 == sign }) == 2,
            1900...2173 ~= max(first, third), min(first, third) <= 31, words[first > third ? 0 : 2].utf8.count == 4
        else { return nil }
        let (month, day) = (second, min(first, third))
        guard 1...31 ~= month, 1...31 ~= day, month <= 12 || day <= 12 else { return nil }
        // Nobody types a date so far ahead: it is a number of five digits, as the day of that number.
        if max(first, third) > 2099 {
            guard month <= 12 else { return nil }
            return ["\(number(ofYear: max(first, third), month: month, day: day))"]
        }
        return day == month ? ["\(day)-\(month)"] : ["\(day)-\(month)", "\(month)-\(day)"]
    }

    /// A spreadsheet's number of a day: days since the end of 1899.
    private static func number(ofYear year: Int, month: Int, day: Int) -> Int {
        // The year begins with March, so that the leap day is its last.
        let (year, month) = month < 3 ? (year - 1, month + 9) : (year, month - 3)
        let days = year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day
        return days - 693_900
    }

    /// The parts of a date with the signs of East Asia: 4月3日, 4월 3일, 2026年4月3日.
    private static func eastern(_ words: [Substring]) -> [Substring]? {
        guard words.contains(where: { $0.contains("月") || $0.contains("월") }) else { return nil }
        let parts = words.flatMap { $0.split { "年月日년월일".contains($0) } }
        guard parts.allSatisfy({ Int($0) != nil }), words.allSatisfy({ "年月日년월일".contains($0.last ?? " ") }) else {
            return nil
        }
        // A month and a day are as good as a named month, which stands in the middle.
        return parts.count == 2 ? [parts[1], parts[0] + "月"] : parts.count == 3 ? parts : nil
    }

    /// Whether a cell is formed as a date is; nearly no address line and no postal code goes on from here.
    ///
    /// - Parameter bytes: the cell's bytes, not empty.
    /// - Returns: whether it is worth a look.
    static func isLikely(_ bytes: Span<UInt8>) -> Bool {
        guard 3...32 ~= bytes.count else { return false }
        guard bytes[0].isASCIIDigit else { return mayEndInDay(bytes) }
        var digits = 1
        while digits < bytes.count, bytes[digits].isASCIIDigit { digits += 1 }
        guard digits < bytes.count, digits <= 2 || digits == 4 else { return false }
        return switch bytes[digits] {
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"): true
        case UInt8(ascii: " "): digits <= 2 && bytes.count <= 16 && isOneWord(bytes.extracting((digits + 1)...))
        default: bytes[digits] >= 0x80
        }
    }

    /// Whether a word is all, or has nothing but a year behind it, as in 3 Apr 2026, not in 3 Mill Road.
    private static func isOneWord(_ bytes: Span<UInt8>) -> Bool {
        var end = 0
        while end < bytes.count, bytes[end] > UInt8(ascii: "9") { end += 1 }
        while end < bytes.count, bytes[end] <= UInt8(ascii: "9") { end += 1 }
        return end == bytes.count
    }

    /// Whether a short word and one or two digits are all: Apr-03, Mrz 24.
    private static func mayEndInDay(_ bytes: Span<UInt8>) -> Bool {
        guard bytes[bytes.count - 1].isASCIIDigit else { return false }
        // A street in Korea and its number look alike, but no month has a name there that begins without a digit.
        if bytes[0] >= 0x80, bytes[0].isHangulLead(before: bytes[1]) { return false }
        let digits = bytes[bytes.count - 2].isASCIIDigit ? 2 : 1
        let end = bytes.count - digits - 1
        guard end > 1, end <= (bytes[0] < 0x80 ? 6 : 12) else { return false }
        return switch bytes[end] {
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: " "): true
        default: false
        }
    }
}

// MARK: - Months

extension SpreadsheetDate {
    /// A short name of a month.
    private struct Month {
        /// The months that languages call so: lis is October to Croats and November to Czechs.
        var numbers: [Int] = []
        /// Whether it is a whole name in one of them.
        var isWhole = false
        /// Whether it is one of a language in which a spreadsheet puts the month before a space and the day or year.
        var comesFirst = false
    }

    private static func month(_ word: Substring) -> Month? {
        if word.hasSuffix("月"), let number = Int(word.dropLast()), 1...12 ~= number {
            return Month(numbers: [number], isWhole: false)
        }
        return months[word.lowercased()]
    }

    private static let months: [String: Month] = {
        var months: [String: Month] = [:]
        for row in Resource.months {
            for (index, cell) in row.dropFirst().enumerated() {
                for name in cell.names {
                    let isWhole = name.hasPrefix("=")
                    var month = months[isWhole ? String(name.dropFirst()) : name] ?? Month()
                    if !month.numbers.contains(index + 1) { month.numbers.append(index + 1) }
                    month.isWhole = month.isWhole || isWhole
                    month.comesFirst = month.comesFirst || row[0] == "en" || row[0] == "de"
                    months[isWhole ? String(name.dropFirst()) : name] = month
                }
            }
        }
        return months
    }()
}
