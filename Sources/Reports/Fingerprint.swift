internal import CCrypto
package import Platform

/// What tells one secret from another, and gives neither away.
package enum Fingerprint {
    /// The fingerprint of a secret.
    ///
    /// - Parameter secret: one that nobody can guess.
    /// - Returns: its SHA-256 in hexadecimal.
    package static func text(of secret: Secret) -> String {
        let bytes = Array(secret.reveal().utf8)
        let digest = unsafe [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
            var written: UInt32 = 0
            let status = unsafe EVP_Digest(bytes, bytes.count, buffer.baseAddress, &written, EVP_sha256(), nil)
            precondition(status == 1, "libcrypto can't compute a digest")
            count = Int(written)
        }
        return digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
