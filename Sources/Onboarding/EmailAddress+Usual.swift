internal import Manifests

/// A quick look at an e-mail address, which tells nearly every one.
extension EmailAddress {
    /// Whether no rule has a word to say of an e-mail address.
    ///
    /// - Parameter bytes: the address, normalised.
    /// - Returns: whether it is right and usual.
    static func isUsual(_ bytes: Span<UInt8>) -> Bool {
        isPlainlyUsual(bytes) || form(of: bytes.validText).isUsual
    }

    /// Whether an address is plain words with dots between them, at a host whose name ends with a top-level domain.
    ///
    /// It makes no text, which would cost as much again. What it does not know may be usual all the same.
    ///
    /// - Parameter bytes: the address.
    /// - Returns: whether it is surely right and usual.
    static func isPlainlyUsual(_ bytes: Span<UInt8>) -> Bool {
        guard bytes.count <= 254 else { return false }
        var at = 0
        var isInWord = false
        while at < bytes.count, bytes[at] != UInt8(ascii: "@") {
            guard isWordCharacter(bytes[at]) || bytes[at] == UInt8(ascii: ".") && isInWord else { return false }
            isInWord = bytes[at] != UInt8(ascii: ".")
            at += 1
        }
        guard isInWord, at <= 64, at < bytes.count else { return false }
        let domain = bytes.extracting((at + 1)...)
        var label = 0
        for index in domain.indices {
            if domain[index] == UInt8(ascii: ".") { label = index + 1 }
            if domain[index] &- UInt8(ascii: "A") < 26 { return false }
        }
        return DomainName.isHostName(domain) && !isMicrosoft(domain)
            && TopLevelDomains.contains(domain.extracting(label...))
    }

    private static func isWordCharacter(_ byte: UInt8) -> Bool {
        byte.isASCIILetter || byte.isASCIIDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
            || byte == UInt8(ascii: "+")
    }

    /// Only by its length; the rule looks closer.
    private static func isMicrosoft(_ domain: Span<UInt8>) -> Bool {
        domain.count == 13 && domain[0] == UInt8(ascii: "m")
    }
}
