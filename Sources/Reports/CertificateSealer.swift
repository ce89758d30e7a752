internal import CCrypto
internal import FoundationEssentials
package import Platform

/// Seals passwords for those who hold the private keys of some certificates: any of them can open each.
///
/// A sealed password is `cms:` and, in base64 without line breaks, the DER of a CMS enveloped message (RFC 5652) whose
/// content is the password in UTF-8, under AES-256-CBC. `openssl cms -decrypt -inform DER` opens it.
@safe
package final class CertificateSealer: CredentialSealer, @unchecked Sendable {
    /// What a sealed password begins with.
    package static let prefix = "cms:"

    /// The certificates; only read since they were loaded.
    private let certificates: OpaquePointer
    /// The files that they are from, for errors.
    private let paths: String

    /// Reads the certificates, and tries them out, so that no password is received that can't be sealed.
    ///
    /// - Parameters:
    ///   - paths: the files, each with one certificate in PEM.
    ///   - now: the present time, at which the certificates must be valid.
    /// - Throws: `CertificateError` where one is missing or can't be used.
    package init(_ paths: [String], now: Timestamp = .now()) throws(CertificateError) {
        self.paths = paths.joined(separator: ", ")
        guard let list = unsafe purser_certificates_new() else {
            throw CertificateError(path: self.paths, message: "memory is too short to read it")
        }
        unsafe certificates = list
        for path in paths {
            let certificate = try Certificate(path)
            try certificate.check(now)
            guard unsafe purser_certificates_add(list, certificate.retained()) > 0 else {
                throw CertificateError(path: path, message: "memory is too short to read it")
            }
        }
        do {
            _ = try seal(Secret(""))
        } catch {
            throw CertificateError(path: self.paths, message: "nothing can be sealed for it; take another certificate")
        }
    }

    deinit { unsafe purser_certificates_free(certificates) }

    package func seal(_ password: Secret) throws(ReportError) -> Secret {
        let text = password.reveal()
        guard !text.hasPrefix(Self.prefix) else { return password }
        guard let message = envelope(Array(text.utf8)) else {
            let message = "a one-time password can't be sealed for it; run the same command again"
            throw ReportError(path: paths, message: message)
        }
        return Secret(Self.prefix + Data(message).base64EncodedString())
    }

    /// The DER of an enveloped message.
    private func envelope(_ content: [UInt8]) -> [UInt8]? {
        unsafe content.withUnsafeBytes { content -> [UInt8]? in
            // OpenSSL takes no pointer for nothing.
            let start = unsafe content.baseAddress ?? UnsafeRawPointer(bitPattern: 1)
            guard let source = unsafe BIO_new_mem_buf(start, Int32(content.count)) else { return nil }
            defer { unsafe BIO_free(source) }
            // Without the flag, line breaks in it would be changed.
            let message = unsafe CMS_encrypt(certificates, source, EVP_aes_256_cbc(), UInt32(CMS_BINARY))
            guard let message = unsafe message else { return nil }
            defer { unsafe CMS_ContentInfo_free(message) }
            var bytes: UnsafeMutablePointer<UInt8>?
            let count = unsafe i2d_CMS_ContentInfo(message, &bytes)
            guard count > 0, let bytes = unsafe bytes else { return nil }
            defer { unsafe purser_crypto_free(bytes) }
            return unsafe Array(UnsafeBufferPointer(start: bytes, count: Int(count)))
        }
    }
}
