internal import PartnerCenter

/// The `MS-RequestId` of every row (contract, section 5): anyone can compute it again from the manifest.
package struct IdempotencyKeys: Sendable {
    /// The address that names the namespace: the endpoint's customers.
    package let namespaceName: String
    private let namespace: [UInt8]

    /// The namespace of the keys, a UUID in lower case.
    package var namespaceText: String { uuidText(namespace) }

    /// Makes the namespace of an endpoint's keys.
    ///
    /// - Parameters:
    ///   - endpoint: the service's base URL; for the embedded one `http://embedded`.
    ///   - apiVersion: the path segment after it: `v1`.
    package init(endpoint: String, apiVersion: String) {
        namespaceName = ServiceURL.customers(endpoint: endpoint, apiVersion: apiVersion)
        namespace = nameBasedUUID(namespace: namespaceOfURLs, name: namespaceName.utf8)
    }

    /// The key of one request.
    ///
    /// - Parameters:
    ///   - identity: whose row it is.
    ///   - digest: the SHA-256 of its payload.
    ///   - generation: how often a definite answer said that no customer was created.
    /// - Returns: a UUID in lower case.
    package func key(identity: CustomerIdentity, digest: [UInt8], generation: Int) -> String {
        var name = Array(identity.name.utf8)
        name.append(UInt8(ascii: "\n"))
        name.append(contentsOf: digest.hexadecimal)
        name.append(UInt8(ascii: "\n"))
        name.append(contentsOf: String(generation).utf8)
        return uuidText(nameBasedUUID(namespace: namespace, name: name))
    }
}

private func uuidText(_ uuid: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(36)
    for (index, byte) in uuid.enumerated() {
        if index == 4 || index == 6 || index == 8 || index == 10 { text.append(UInt8(ascii: "-")) }
        text.appendHexadecimal(byte)
    }
    return String(decoding: text, as: UTF8.self)
}

/// NAMESPACE_URL of RFC 9562, section 6.6: 6ba7b811-9dad-11d1-80b4-00c04fd430c8.
private let namespaceOfURLs: [UInt8] = [
    0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8,
]

/// A version 5 UUID (RFC 9562, section 5.5).
private func nameBasedUUID(namespace: [UInt8], name: some Sequence<UInt8>) -> [UInt8] {
    var uuid = Array(MessageDigest.sha1(namespace + name).prefix(16))
    uuid[6] = uuid[6] & 0x0F | 0x50
    uuid[8] = uuid[8] & 0x3F | 0x80
    return uuid
}
