/// Letters that a program replaced with question marks when it saved a file in an encoding that lacks them.
enum LostLetters {
    /// Whether a question mark stands where there was a letter.
    ///
    /// - Parameters:
    ///   - text: a name, or a line of an address.
    ///   - isProper: whether it is a person's name or a place, which asks nothing.
    /// - Returns: whether one surely does: `M?ller`, `?stanbul`, `????`, and not `Who? Ltd`.
    static func areIn(_ text: String, isProper: Bool) -> Bool {
        guard text.utf8.contains(UInt8(ascii: "?")) else { return false }
        let words = text.split { $0.isWhitespace || $0 == "," || $0 == "(" || $0 == ")" }
        // Ji??, and of a company two words at least: Caff? Perch? Srl.
        let ends = words.count { word in
            let rest = Array(word.unicodeScalars.reversed().drop { $0 == "?" })
            return word.last == "?" && rest.count > 1 && rest[0].properties.isLowercase && !rest.contains("?")
        }
        if ends > (isProper ? 0 : 1) { return true }
        let isBare = !text.unicodeScalars.contains { isLetter($0) || $0.properties.numericType != nil }
        return words.indices.contains { place in
            // A web address has question marks of its own.
            if words[place].contains(where: { "/=&@".contains($0) }) { return false }
            return isDamaged(Array(words[place].unicodeScalars), isBare: isBare, isFirst: place == 0)
        }
    }

    private static func isDamaged(_ word: [Unicode.Scalar], isBare: Bool, isFirst: Bool) -> Bool {
        let marks = word.count { $0 == "?" }
        guard marks > 0 else { return false }
        // A word of nothing else; behind a question some put one or two.
        if marks == word.count { return isBare || marks > 2 || marks == 2 && isFirst }
        return word.indices.contains { index in
            let rest = word[(index + 1)...]
            guard word[index] == "?", let next = rest.first(where: { $0 != "?" }), isLetter(next) else { return false }
            guard let before = word[..<index].last(where: { $0 != "?" }) else {
                // ?What is a word with a sign before it, ?RHUS is none.
                return !next.properties.isUppercase || !rest.contains(where: \.properties.isLowercase)
            }
            // Who?What is two words.
            return isLetter(before) && !(before.properties.isLowercase && next.properties.isUppercase)
        }
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isAlphabetic }
}
