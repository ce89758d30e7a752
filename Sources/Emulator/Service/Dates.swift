internal import Platform

extension Timestamp {
    /// The moment as HTTP writes it: `Sat, 21 Nov 2026 13:40:00 GMT`.
    var httpDate: String {
        let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let parts = description.split { "-T:.Z".contains($0) }
        let day = days[Int(milliseconds / 86_400_000 % 7)]
        let month = months[(Int(parts[1]) ?? 1) - 1]
        return "\(day), \(parts[2]) \(month) \(parts[0]) \(parts[3]):\(parts[4]):\(parts[5]) GMT"
    }

    /// Reads a date as clients write it in a query: `2026-11-21`, or with a time as in RFC 3339, in UTC where it says
    /// nothing else.
    init?(queryDate text: String) {
        guard let (text, offset) = Self.splitOffset(text) else { return nil }
        let separators: [Character] = ["-", "-", "T", ":", ":", "."]
        let numbers = text.split { separators.contains($0) || $0 == " " || $0 == "Z" }.map { Int64($0) }
        guard numbers.count >= 3, numbers.allSatisfy({ $0 != nil }) else { return nil }
        let parts = numbers.compactMap { $0 } + [0, 0, 0]
        guard (1970...9999).contains(parts[0]), (1...12).contains(parts[1]), (1...31).contains(parts[2]),
            (0...23).contains(parts[3]), (0...59).contains(parts[4]), (0...60).contains(parts[5])
        else { return nil }
        // Years that begin in March put the leap day at their end.
        let year = parts[1] <= 2 ? parts[0] - 1 : parts[0]
        let month = (parts[1] + 9) % 12
        let days = year * 365 + year / 4 - year / 100 + year / 400 + (month * 306 + 5) / 10 + parts[2] - 1 - 719_468
        let seconds = ((days * 24 + parts[3]) * 60 + parts[4]) * 60 + parts[5]
        self.init(milliseconds: (seconds - offset) * 1000)
    }

    /// A date without its offset from UTC, and that in seconds; nil where the offset can't be.
    private static func splitOffset(_ text: String) -> (text: Substring, seconds: Int64)? {
        // The date itself has hyphens. In a query that was not escaped a plus became a blank.
        guard let mark = text.dropFirst(11).lastIndex(where: { "+- ".contains($0) }) else { return (text[...], 0) }
        let parts = text[text.index(after: mark)...].split(separator: ":").map { Int64($0) ?? -1 }
        guard parts.count == 2, (0...14).contains(parts[0]), (0...59).contains(parts[1]) else { return nil }
        let seconds = parts[0] * 3600 + parts[1] * 60
        return (text[..<mark], text[mark] == "-" ? -seconds : seconds)
    }
}
