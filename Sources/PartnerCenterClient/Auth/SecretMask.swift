internal import Platform

/// Takes secrets out of texts that others wrote, in whatever form those quote them.
///
/// A quoted secret may be in another case, percent-encoded, or escaped as JSON, JavaScript, XML or HTML escape texts,
/// in part or as a whole and more than once; and it may have control characters in it, which are cut out before it is
/// shown.
struct SecretMask: Sendable {
    /// The longest first: one secret may begin as another does.
    private let secrets: [[Unicode.Scalar]]

    /// A secret shorter than this is taken for one only where it stands alone: else every word might have it in it.
    private static let shortest = 6

    /// Makes a mask of secrets that are known.
    init(_ secrets: [Secret]) {
        self.secrets = Set(secrets.map { Array($0.reveal().unicodeScalars) }).filter { !$0.isEmpty }
            .sorted { $0.count > $1.count }
    }

    /// A text without the secrets.
    func masked(_ text: String) -> String {
        masked(Array(text.utf8)).map { String(decoding: $0, as: UTF8.self) } ?? text
    }

    /// A text without the secrets; nil where none is in it.
    func masked(_ text: [UInt8]) -> [UInt8]? {
        guard !secrets.isEmpty else { return nil }
        let quoted = QuotedText(text)
        var result: [UInt8] = []
        var isChanged = false
        var index = text.startIndex
        while index < text.endIndex {
            if let end = secrets.lazy.compactMap({ self.end(of: $0, in: quoted, at: index) }).first {
                result += Secret("").description.utf8
                isChanged = true
                index = end
            } else {
                result.append(text[index])
                index += 1
            }
        }
        return isChanged ? result : nil
    }

    private func end(of secret: [Unicode.Scalar], in text: QuotedText, at start: Int) -> Int? {
        guard let end = text.end(of: secret, at: start) else { return nil }
        let standsAlone = !text.isWord(at: start - 1) && !text.isWord(at: end)
        return secret.count >= Self.shortest || standsAlone ? end : nil
    }

    /// A text without the secrets, and without all that looks like one: what a program writes of itself.
    func maskedStrictly(_ text: String) -> String {
        var result = ""
        var word = ""
        for character in masked(text) {
            if character.isASCII, character.isLetter || character.isNumber || "-._~+=".contains(character) {
                word.append(character)
            } else {
                result += Self.told(word)
                result.append(character)
                word = ""
            }
        }
        return result + Self.told(word)
    }

    /// A word, unless it is as long as only tokens are, or begins as a JSON Web Token does.
    private static func told(_ word: String) -> String {
        word.utf8.count >= 40 || word.hasPrefix("eyJ") ? Secret(word).description : word
    }
}

/// Form-encoded bodies.
enum FormBody {
    /// Encodes fields in order.
    static func bytes(_ fields: [(name: String, value: String)]) -> [UInt8] {
        Array(fields.map { "\(encoded($0.name))=\(encoded($0.value))" }.joined(separator: "&").utf8)
    }

    /// A text percent-encoded, but for what stands for itself anywhere (RFC 3986, section 2.3).
    static func encoded(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                result += byte < 16 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return result
    }
}
