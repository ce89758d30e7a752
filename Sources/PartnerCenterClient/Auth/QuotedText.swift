/// A text in which another one may be quoted, each of its characters as it is or escaped in one of the usual ways.
struct QuotedText {
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Where a quotation ends.
    ///
    /// One place can be read in several ways, since an escape's own characters may stand for themselves: all of them
    /// are followed at once.
    ///
    /// - Parameters:
    ///   - quoted: what may be quoted.
    ///   - start: where the quotation would begin.
    /// - Returns: the first place behind it; nil where it is not quoted here.
    func end(of quoted: [Unicode.Scalar], at start: Int) -> Int? {
        var places: Set = [start]
        for scalar in quoted {
            var next: Set<Int> = []
            for place in places {
                let place = place == start ? place : pastControls(place)
                next.formUnion(ends(of: scalar, at: place))
            }
            if next.isEmpty { return nil }
            places = next
        }
        return places.max()
    }

    /// Whether a letter or a digit is at a place.
    func isWord(at index: Int) -> Bool {
        guard bytes.indices.contains(index) else { return false }
        let character = Character(Unicode.Scalar(bytes[index]))
        return character.isASCII && (character.isLetter || character.isNumber)
    }

    /// The places behind one character, for each way in which it can stand at a place.
    private func ends(of scalar: Unicode.Scalar, at place: Int) -> [Int] {
        guard place < bytes.count else { return [] }
        var ends = Array(endsOfBytes(of: scalar, at: place))
        switch bytes[place] {
        case UInt8(ascii: "\\"): ends += endsOfBackslash(scalar, at: place)
        case UInt8(ascii: "&"): ends += endsOfReference(scalar, at: place)
        case UInt8(ascii: "+") where scalar == " ": ends.append(place + 1)
        default: break
        }
        return ends
    }

    /// The places behind a character's bytes, each of them plain or percent-encoded.
    private func endsOfBytes(of scalar: Unicode.Scalar, at place: Int) -> Set<Int> {
        var places: Set = [place]
        for byte in UTF8.encode(scalar) ?? UTF8.EncodedScalar() {
            places = Set(places.filter { $0 < bytes.count }.flatMap { ends(ofByte: byte, at: $0) })
        }
        return places
    }

    /// A byte as it is, as `%2F`, or encoded again as `%252F`.
    private func ends(ofByte byte: UInt8, at place: Int) -> [Int] {
        var ends = Self.folded(bytes[place]) == Self.folded(byte) ? [place + 1] : []
        guard bytes[place] == UInt8(ascii: "%") else { return ends }
        var index = place + 1
        while let value = number(at: index, digits: 2) {
            index += 2
            if Self.folded(value) == UInt32(Self.folded(byte)) { ends.append(index) }
            guard value == 0x25 else { break }
        }
        return ends
    }

    /// `\/`, `\"`, `\u002f`, `\x2f`, with as many backslashes as the escape has been escaped again.
    private func endsOfBackslash(_ scalar: Unicode.Scalar, at place: Int) -> [Int] {
        let end = bytes[place...].firstIndex { $0 != UInt8(ascii: "\\") } ?? bytes.endIndex
        if scalar == "\\" { return Array(place + 1..<end + 1) }
        guard end < bytes.count else { return [] }
        let digits = bytes[end] == UInt8(ascii: "u") ? 4 : bytes[end] == UInt8(ascii: "x") ? 2 : 0
        if digits > 0, let value = number(at: end + 1, digits: digits), Self.folded(value) == Self.folded(scalar.value)
        {
            return [end + 1 + digits]
        }
        return Array(endsOfBytes(of: scalar, at: end))
    }

    /// `&amp;`, `&#38;`, `&#x26;`, or escaped again: `&amp;amp;`.
    private func endsOfReference(_ scalar: Unicode.Scalar, at place: Int) -> [Int] {
        var ends: [Int] = []
        var index = place + 1
        while true {
            if let (value, end) = reference(at: index), Self.folded(value) == Self.folded(scalar.value) {
                ends.append(end)
            }
            if !scalar.isASCII, let end = endOfName(at: index) { ends.append(end) }
            guard starts(with: "amp;", at: index) else { return ends }
            index += 4
        }
    }

    private static let names: [(name: String, scalar: Unicode.Scalar)] = [
        ("amp;", "&"), ("lt;", "<"), ("gt;", ">"), ("quot;", "\""), ("apos;", "'"), ("nbsp;", " "), ("sol;", "/"),
        ("plus;", "+"), ("equals;", "="), ("percnt;", "%"),
    ]

    /// The place behind a name such as `uuml;`, whichever letter that is: what is around it decides.
    private func endOfName(at index: Int) -> Int? {
        guard index < bytes.count, let end = bytes[index...].prefix(10).firstIndex(of: UInt8(ascii: ";")), end > index,
            (index..<end).allSatisfy(isWord)
        else { return nil }
        return end + 1
    }

    /// What a character reference stands for, and the place behind it.
    private func reference(at index: Int) -> (value: UInt32, end: Int)? {
        if let found = Self.names.first(where: { starts(with: $0.name, at: index) }) {
            return (found.scalar.value, index + found.name.utf8.count)
        }
        guard starts(with: "#", at: index) else { return nil }
        let isHexadecimal = starts(with: "#x", at: index)
        let start = index + (isHexadecimal ? 2 : 1)
        guard start < bytes.count, let end = bytes[start...].prefix(9).firstIndex(of: UInt8(ascii: ";")),
            let value = UInt32(String(decoding: bytes[start..<end], as: UTF8.self), radix: isHexadecimal ? 16 : 10)
        else { return nil }
        return (value, end + 1)
    }

    private func starts(with text: String, at index: Int) -> Bool {
        guard index < bytes.count else { return false }
        return bytes[index...].prefix(text.utf8.count).map(Self.folded).elementsEqual(text.utf8)
    }

    private func number(at index: Int, digits: Int) -> UInt32? {
        guard index + digits <= bytes.count else { return nil }
        return UInt32(String(decoding: bytes[index..<index + digits], as: UTF8.self), radix: 16)
    }

    private func pastControls(_ index: Int) -> Int {
        bytes[min(index, bytes.count)...].firstIndex { $0 >= 0x20 && $0 != 0x7F } ?? bytes.count
    }

    private static func folded(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }

    private static func folded(_ value: UInt32) -> UInt32 {
        UInt8(exactly: value).map { UInt32(folded($0)) } ?? value
    }
}
