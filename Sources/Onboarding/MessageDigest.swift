internal import CCrypto

/// Hash functions of libcrypto.
///
/// Each algorithm is fetched once: looking it up costs more than hashing a row.
@safe struct MessageDigest: @unchecked Sendable {
    /// SHA-256.
    static let sha256 = unsafe MessageDigest(EVP_sha256(), name: "SHA256", size: 32)
    /// SHA-1, which UUIDv5 is made of.
    static let sha1 = unsafe MessageDigest(EVP_sha1(), name: "SHA1", size: 20)

    // libcrypto's algorithms are constant once fetched, so threads may share them; they live as long as the program.
    private let algorithm: OpaquePointer?
    private let size: Int

    private init(_ builtIn: OpaquePointer?, name: String, size: Int) {
        // Where a provider's algorithm can't be fetched the built-in handle does the same, more slowly.
        let fetched = unsafe EVP_MD_fetch(nil, name, nil)
        unsafe algorithm = unsafe fetched ?? builtIn
        self.size = size
    }

    /// Hashes some bytes.
    ///
    /// - Parameter bytes: what is hashed.
    /// - Returns: the digest.
    func callAsFunction(_ bytes: [UInt8]) -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            var written: UInt32 = 0
            let status = unsafe EVP_Digest(bytes, bytes.count, buffer.baseAddress, &written, algorithm, nil)
            precondition(status == 1, "libcrypto can't compute a digest")
            count = Int(written)
        }
    }
}
