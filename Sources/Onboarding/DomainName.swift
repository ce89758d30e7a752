internal import CIDN2
internal import Manifests

#if canImport(Glibc)
    internal import Glibc
#endif

/// What a row's domain came to; each way to be wrong is one rule's.
enum DomainForm: Sendable {
    case absent
    /// It fits; a hyphen is accepted with a warning.
    case valid(hasHyphen: Bool)
    /// It has letters beyond ASCII, or the encoding of such.
    case internationalized
    /// A character that no domain of the service has.
    case strangeCharacter(Unicode.Scalar)
    /// A hyphen at the start or end of the prefix.
    case edgeHyphen
    /// It ends with something else than the suffix.
    case otherSuffix
    /// The prefix's length is outside the service's limits.
    case prefixLength(Int)
}

/// A customer's domain, `<prefix>.onmicrosoft.com`.
enum DomainName {
    /// The lengths of a prefix that the service takes.
    static let prefixLengths = 1...27

    /// Says what a text is as a customer's domain.
    ///
    /// - Parameters:
    ///   - bytes: the text, normalised.
    ///   - suffix: what it should end with, without the dot.
    /// - Returns: what it is; the first fault, where it has several.
    static func form(of bytes: Span<UInt8>, suffix: String) -> DomainForm {
        guard !bytes.isEmpty else { return .absent }
        for index in bytes.indices where !isHostCharacter(bytes[index]) {
            let scalars = bytes.validText.unicodeScalars
            let scalar = scalars.first { $0.value >= 0x80 || !isHostCharacter(UInt8($0.value)) } ?? "?"
            return scalar.value >= 0x80 && scalar.properties.isAlphabetic
                ? .internationalized : .strangeCharacter(scalar)
        }
        let prefixCount = bytes.count - suffix.utf8.count - 1
        guard prefixCount >= 0, ends(bytes, with: suffix) else { return .otherSuffix }
        var hasHyphen = false
        for index in 0..<prefixCount {
            if bytes[index] == UInt8(ascii: ".") { return .strangeCharacter(".") }
            if bytes[index] == UInt8(ascii: "-") { hasHyphen = true }
        }
        guard prefixLengths.contains(prefixCount) else { return .prefixLength(prefixCount) }
        if isAceLabel(bytes) { return .internationalized }
        if bytes[0] == UInt8(ascii: "-") || bytes[prefixCount - 1] == UInt8(ascii: "-") { return .edgeHyphen }
        return .valid(hasHyphen: hasHyphen)
    }

    /// A domain in lower-case A-label form.
    ///
    /// - Parameter domain: any domain name.
    /// - Returns: nil where IDNA does not allow it.
    static func asciiForm(of domain: String) -> String? {
        if domain.utf8.allSatisfy(isHostCharacter) { return domain.lowercased() }
        var result: UnsafeMutablePointer<CChar>?
        let code = unsafe idn2_to_ascii_8z(domain, &result, CInt(IDN2_NONTRANSITIONAL.rawValue))
        defer { unsafe idn2_free(result) }
        guard code == IDN2_OK.rawValue, let result = unsafe result else { return nil }
        let name = unsafe String(cString: result)
        return name.utf8.allSatisfy(isHostCharacter) ? name.lowercased() : nil
    }

    /// Whether a name is one that a host may have: labels of letters, digits and inner hyphens.
    ///
    /// - Parameter name: the name's ASCII.
    /// - Returns: whether all its labels are such, and there are at least two.
    static func isHostName(_ name: Span<UInt8>) -> Bool {
        var labelStart = 0
        var labels = 0
        for index in 0...name.count {
            if index < name.count, name[index] != UInt8(ascii: ".") {
                guard isHostCharacter(name[index]) else { return false }
                continue
            }
            guard 1...63 ~= index - labelStart, name[labelStart] != UInt8(ascii: "-"),
                name[index - 1] != UInt8(ascii: "-")
            else { return false }
            labels += 1
            labelStart = index + 1
        }
        return labels >= 2 && name.count <= 253
    }

    private static func isHostCharacter(_ byte: UInt8) -> Bool {
        byte.isASCIILetter || byte.isASCIIDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    }

    private static func ends(_ bytes: Span<UInt8>, with suffix: String) -> Bool {
        let suffix = suffix.utf8Span.span
        let start = bytes.count - suffix.count
        guard bytes[start - 1] == UInt8(ascii: ".") else { return false }
        // The bytes themselves are nearly always the same.
        for index in suffix.indices
        where bytes[start + index] != suffix[index]
            && bytes[start + index].lowercasedASCII != suffix[index].lowercasedASCII
        {
            return false
        }
        return true
    }

    private static func isAceLabel(_ bytes: Span<UInt8>) -> Bool {
        bytes.count > 4 && bytes[0] | 0x20 == UInt8(ascii: "x") && bytes[1] | 0x20 == UInt8(ascii: "n")
            && bytes[2] == UInt8(ascii: "-") && bytes[3] == UInt8(ascii: "-")
    }
}
