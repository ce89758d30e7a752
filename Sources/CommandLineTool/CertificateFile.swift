internal import FoundationEssentials
internal import Platform

/// A file of certificate authorities to trust, as PEM (RFC 7468).
enum CertificateFile {
    /// Far more than any system's own authorities have.
    private static let maximumBytes = 16 << 20

    /// Checks, before anything is asked, what would else look as if the service could not be trusted.
    ///
    /// - Parameter path: the file's path.
    /// - Throws: `InputError` where it can't be opened, or holds no certificate.
    static func check(_ path: String) throws(InputError) {
        let bytes: [UInt8]
        do {
            bytes = try File(path, .read).read(atMost: maximumBytes)
        } catch {
            throw refusal("\(error)")
        }
        guard holdsCertificate(String(decoding: bytes, as: UTF8.self)) else {
            throw refusal("\(path): holds no certificate that can be read")
        }
    }

    private static func refusal(_ reason: String) -> InputError {
        InputError(description: "\(reason); give a PEM file of the authorities to trust", isConfiguration: false)
    }

    /// Whether one block at least is a certificate: a sequence (X.690, section 8.9) in base64.
    private static func holdsCertificate(_ text: String) -> Bool {
        let labels = ["CERTIFICATE", "TRUSTED CERTIFICATE", "X509 CERTIFICATE"]
        return labels.contains { label in
            text.split(separator: "-----BEGIN \(label)-----").dropFirst(text.hasPrefix("-----BEGIN \(label)") ? 0 : 1)
                .contains { block in
                    let lines = block.prefix { $0 != "-" }.filter { !$0.isWhitespace }
                    return Data(base64Encoded: String(lines))?.first == 0x30
                }
        }
    }
}
