internal import Platform

/// Takes secrets out of texts that others wrote.
struct SecretMask: Sendable {
    private let texts: [String]

    /// Makes a mask of secrets that are known, in every form that they are sent in.
    init(_ secrets: [Secret]) {
        let plain = secrets.map { $0.reveal() }.filter { !$0.isEmpty }
        // The longest first: one secret may begin as another does.
        texts = Set(plain + plain.map(FormBody.encoded)).sorted { ($0.utf8.count, $0) > ($1.utf8.count, $1) }
    }

    /// A text without the secrets.
    func masked(_ text: String) -> String {
        texts.reduce(text) { $0.replacing($1, with: Secret($1).description) }
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
