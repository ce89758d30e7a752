/// The day that a workbook counts its dates from.
enum DateSystem: Hashable {
    /// Day 1 is 1 January 1900, and there is a 29 February 1900, which never was.
    case from1900
    /// Day 0 is 1 January 1904.
    case from1904
}

/// A date as a spreadsheet program stores it, as days and a part of a day.
struct SerialDate: Hashable {
    private let days: Int
    private let milliseconds: Int

    private static let millisecondsOfDay = 86_400_000
    /// 31 December 9999, the last date that there is.
    private static let last = 2_958_465

    /// Splits a number; nil for one that is no date.
    init?(_ number: Double) {
        guard number >= 0, number < Double(Self.last + 1) else { return nil }
        let whole = number.rounded(.down)
        let part = Int(((number - whole) * Double(Self.millisecondsOfDay)).rounded())
        days = Int(whole) + part / Self.millisecondsOfDay
        milliseconds = part % Self.millisecondsOfDay
    }

    /// The date in ISO 8601, with the time of day where it is not midnight; only that where there is no date.
    func text(_ system: DateSystem, hasDate: Bool, hasTime: Bool) -> String {
        let isTimeOnly = days == 0 && (!hasDate || (system == .from1900 && hasTime))
        if isTimeOnly { return elapsed }
        let date = date(system)
        return milliseconds == 0 ? date : "\(date)T\(elapsedPart(hours: 0))"
    }

    /// The hours, minutes and seconds since the first day began: `26:30:00`.
    var elapsed: String { elapsedPart(hours: days * 24) }

    private func elapsedPart(hours: Int) -> String {
        let seconds = milliseconds / 1000
        let text = [hours + seconds / 3600, seconds / 60 % 60, seconds % 60].map { $0.padded(2) }.joined(separator: ":")
        return milliseconds % 1000 == 0 ? text : "\(text).\((milliseconds % 1000).padded(3))"
    }

    private func date(_ system: DateSystem) -> String {
        switch system {
        case .from1904: CivilDate(daysSince1970: days - 24_107).text
        case .from1900 where days == 0: "1900-01-00"
        case .from1900 where days == 60: "1900-02-29"
        case .from1900: CivilDate(daysSince1970: days - (days < 60 ? 25_568 : 25_569)).text
        }
    }
}

/// A date of the Gregorian calendar.
private struct CivilDate {
    let text: String

    /// Reckons in years that begin in March, so that a leap day is a year's last.
    init(daysSince1970 days: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        text = "\(year.padded(4))-\(month.padded(2))-\(day.padded(2))"
    }
}

extension Int {
    /// The number with zeros before it.
    fileprivate func padded(_ width: Int) -> String {
        let digits = String(self)
        return String(repeating: "0", count: Swift.max(width - digits.utf8.count, 0)) + digits
    }
}

/// Dates that a workbook stores as text.
enum StoredDate {
    /// The days that stand for no date where only a time of day was typed.
    private static let noDates = ["1899-12-30", "1899-12-31", "1904-01-01"]

    /// A date as cells have it: without a time at midnight, with seconds, and with no more than milliseconds.
    ///
    /// - Returns: the text; one that is no date as it is.
    static func text(_ stored: String) -> String {
        let parts = stored.split(separator: "T", maxSplits: 1)
        guard parts.count == 2, let date = parts.first, let time = parts.last.flatMap({ clock($0) }) else {
            return stored
        }
        if noDates.contains(String(date)) { return time }
        return time == "00:00:00" ? String(date) : "\(date)T\(time)"
    }

    /// A length of time such as `PT15H07M32S` as cells have it: `15:07:32`.
    ///
    /// - Returns: the text; nil for what is no length of time.
    static func elapsed(_ duration: String) -> String? {
        guard duration.hasPrefix("PT") else { return nil }
        var seconds = 0.0
        var number = ""
        for character in duration.dropFirst(2) {
            guard let unit = ["H": 3600.0, "M": 60, "S": 1][character] else {
                number.append(character)
                continue
            }
            guard let value = Double(number), value >= 0 else { return nil }
            seconds += value * unit
            number = ""
        }
        return number.isEmpty ? SerialDate(seconds / 86_400)?.elapsed : nil
    }

    private static func clock(_ time: Substring) -> String? {
        let parts = time.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, parts.allSatisfy({ $0.utf8.prefix(2).count { $0.isDigit } == 2 }) else { return nil }
        guard let dot = time.firstIndex(where: { $0 == "." || $0 == "," }) else { return String(time) }
        let thousandths = time[time.index(after: dot)...].prefix(3)
        let isZero = thousandths.allSatisfy { $0 == "0" }
        return isZero ? String(time[..<dot]) : "\(time[..<dot]).\(thousandths)"
    }
}
