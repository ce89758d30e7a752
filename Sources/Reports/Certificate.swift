internal import CCrypto
internal import Platform

/// Why a certificate can't be used to seal passwords.
package struct CertificateError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The certificate's file.
    package let path: String
    /// What is wrong and what to do.
    package let message: String
    /// Whether the file is missing, or can't be opened.
    package let isMissing: Bool

    init(path: String, message: String, isMissing: Bool = false) {
        self.path = path
        self.message = message
        self.isMissing = isMissing
    }

    package var description: String { "\(path): \(message)" }
}

/// The certificate of somebody who is to open sealed passwords.
@safe
final class Certificate {
    private static let maximumBytes = 1 << 20

    private let path: String
    private let handle: OpaquePointer

    /// Reads a certificate.
    ///
    /// - Parameter path: a file with one certificate in PEM.
    /// - Throws: `CertificateError` where there is no such file, or it is no such certificate.
    init(_ path: String) throws(CertificateError) {
        self.path = path
        let bytes: [UInt8]
        do {
            bytes = try File(path, .read).read(atMost: Self.maximumBytes)
        } catch {
            let message = "can't \(error.operation): \(error.reason); give a certificate in PEM"
            throw CertificateError(path: path, message: message, isMissing: true)
        }
        let found = unsafe Self.certificates(in: bytes)
        unsafe found.dropFirst().forEach { unsafe X509_free($0) }
        guard let first = unsafe found.first else {
            throw CertificateError(path: path, message: "holds no certificate in PEM (-----BEGIN CERTIFICATE-----)")
        }
        unsafe handle = first
        guard unsafe found.count == 1 else {
            let message = "holds several certificates; keep only that of the one who is to open the passwords"
            throw CertificateError(path: path, message: message)
        }
    }

    deinit { unsafe X509_free(handle) }

    private static func certificates(in bytes: [UInt8]) -> [OpaquePointer] {
        unsafe bytes.withUnsafeBytes { bytes -> [OpaquePointer] in
            guard unsafe !bytes.isEmpty, let source = unsafe BIO_new_mem_buf(bytes.baseAddress, Int32(bytes.count))
            else {
                return unsafe []
            }
            defer { unsafe BIO_free(source) }
            var found: [OpaquePointer] = unsafe []
            while let next = unsafe PEM_read_bio_X509(source, nil, nil, nil) { unsafe found.append(next) }
            // That there is no further one is no error.
            ERR_clear_error()
            return unsafe found
        }
    }

    /// Checks that passwords can be sealed for the certificate.
    ///
    /// - Parameter now: the present time.
    /// - Throws: `CertificateError` where it is not valid now, or is for something else.
    func check(_ now: Timestamp) throws(CertificateError) {
        var seconds = time_t(now.milliseconds / 1000)
        if unsafe X509_cmp_time(X509_get0_notAfter(handle), &seconds) < 0 {
            let date = unsafe Self.date(X509_get0_notAfter(handle))
            throw CertificateError(path: path, message: "the certificate expired on \(date); give the renewed one")
        }
        if unsafe X509_cmp_time(X509_get0_notBefore(handle), &seconds) > 0 {
            let date = unsafe Self.date(X509_get0_notBefore(handle))
            throw CertificateError(path: path, message: "the certificate is not valid before \(date); check the clock")
        }
        guard let use = neededUse else {
            let message = "its key is for signatures only, not for encryption; give a certificate of an RSA or EC key"
            throw CertificateError(path: path, message: message)
        }
        // All uses are allowed where the certificate says nothing of them.
        guard unsafe X509_get_key_usage(handle) & UInt32(use.flag) != 0 else {
            let message =
                "the certificate is not for encryption: its key usage lacks \(use.name); give one that has it"
            throw CertificateError(path: path, message: message)
        }
    }

    /// What a certificate must allow for its kind of key to be encrypted for; nil where the kind can't.
    private var neededUse: (flag: Int32, name: String)? {
        switch unsafe EVP_PKEY_get_base_id(X509_get0_pubkey(handle)) {
        case EVP_PKEY_RSA: (KU_KEY_ENCIPHERMENT, "keyEncipherment")
        case EVP_PKEY_EC, EVP_PKEY_X25519, EVP_PKEY_X448: (KU_KEY_AGREEMENT, "keyAgreement")
        default: nil
        }
    }

    /// The certificate, for an owner that frees it.
    func retained() -> OpaquePointer {
        unsafe X509_up_ref(handle)
        return unsafe handle
    }

    private static func date(_ time: UnsafePointer<ASN1_TIME>?) -> String {
        var parts = unsafe tm()
        guard unsafe ASN1_TIME_to_tm(time, &parts) == 1 else { return "a date that can't be read" }
        let numbers = unsafe [Int(parts.tm_year) + 1900, Int(parts.tm_mon) + 1, Int(parts.tm_mday)]
        return numbers.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: "-")
    }
}
