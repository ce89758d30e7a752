internal import Platform

/// A text that may stand in an `Authorization` header as a bearer token.
struct BearerToken: Hashable, Sendable {
    /// The token without the white space around it.
    let secret: Secret

    /// Checks a token.
    ///
    /// - Parameters:
    ///   - text: the bytes of the text that should be a token; white space around it is cut off, and a
    ///     byte-order mark before it, which some editors write.
    ///   - source: where it came from, for the error: a path, the name of a variable.
    /// - Throws: `ServiceError` of kind `unauthorized`, which does not show the text, where it is no token.
    init(_ text: [UInt8], from source: String) throws(ServiceError) {
        let text = text.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(text.dropFirst(3)) : text
        let start = text.firstIndex { !Self.isSpace($0) } ?? text.endIndex
        let end = text.lastIndex { !Self.isSpace($0) }.map { $0 + 1 } ?? start
        let token = text[start..<end]
        if let wrong = Self.problem(token) {
            throw ServiceError(
                .unauthorized,
                message: "\(source): \(wrong); it must hold a bearer token and nothing else"
            )
        }
        secret = Secret(String(decoding: token, as: UTF8.self))
    }

    /// What is wrong with a token (RFC 6750, section 2.1: letters, digits and a few signs, then equals signs).
    private static func problem(_ token: ArraySlice<UInt8>) -> String? {
        guard let first = token.first else { return "holds no token" }
        guard first != UInt8(ascii: "=") else { return "the token starts with an equals sign" }
        let padding = token.firstIndex(of: UInt8(ascii: "=")) ?? token.endIndex
        let wrong =
            token[..<padding].firstIndex { !isTokenCharacter($0) }
            ?? token[padding...].firstIndex { $0 != UInt8(ascii: "=") }
        guard let wrong else { return nil }
        let kind =
            switch token[wrong] {
            case let byte where isSpace(byte): "white space"
            case 0..<0x20, 0x7F: "a control character"
            case 0x80...: "a character beyond ASCII"
            default: "a character that no token has"
            }
        return "byte \(wrong - token.startIndex + 1) of the token is \(kind)"
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }

    private static func isTokenCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "-._~+/".utf8.contains(byte)
        }
    }
}
