package import Platform

/// Reads the dates of HTTP headers (RFC 9110, section 5.6.7).
package enum HTTPDate {
    /// Reads a date in any of the three forms that a recipient must accept.
    ///
    /// - Parameters:
    ///   - text: `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` or `Sun Nov  6 08:49:37 1994`.
    ///   - now: the present time, which decides the century of a year of two digits.
    /// - Returns: the moment; nil where the text is no such date.
    package static func parse(_ text: String, now: Timestamp) -> Timestamp? {
        let words = text.split { $0 == " " || $0 == "," || $0 == "-" }.map(String.init)
        if words.count == 6, words[5] == "GMT" {
            return moment(day: words[1], month: words[2], year: words[3], time: words[4], now: now)
        }
        guard words.count == 5 else { return nil }
        return moment(day: words[2], month: words[1], year: words[4], time: words[3], now: now)
    }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    private static func moment(day: String, month: String, year: String, time: String, now: Timestamp) -> Timestamp? {
        let clock = time.split(separator: ":", omittingEmptySubsequences: false).map {
            number(String($0), digits: 2...2)
        }
        guard let day = number(day, digits: 1...2), (1...31).contains(day), let month = months.firstIndex(of: month),
            let written = number(year, digits: 2...4), clock.count == 3,
            // 60 is a leap second.
            let hour = clock[0], hour < 24, let minute = clock[1], minute < 60, let second = clock[2], second <= 60
        else { return nil }
        func moment(_ year: Int64) -> Timestamp {
            let seconds = (hour * 60 + minute) * 60 + second
            let days = daysSinceEpoch(year: year, month: Int64(month + 1), day: day)
            return Timestamp(milliseconds: (days * 86_400 + seconds) * 1000)
        }
        guard year.utf8.count == 2 else { return year.utf8.count == 4 ? moment(written) : nil }
        // A year that seems more than 50 years ahead is the most recent one in the past with those digits.
        let fiftyYears: Int64 = 50 * 31_556_952_000
        let thisCentury = moment(century(of: now) + written)
        return thisCentury.milliseconds - now.milliseconds > fiftyYears
            ? moment(century(of: now) - 100 + written) : thisCentury
    }

    /// The first year of a moment's century, closely enough to tell the century of a neighbouring year.
    private static func century(of moment: Timestamp) -> Int64 {
        (1970 + moment.milliseconds / 31_556_952_000) / 100 * 100
    }

    /// The days from 1970-01-01 to a proleptic Gregorian date, in years that begin in March.
    private static func daysSinceEpoch(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func number(_ text: String, digits: ClosedRange<Int>) -> Int64? {
        guard digits.contains(text.utf8.count), text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
        return Int64(text)
    }
}
