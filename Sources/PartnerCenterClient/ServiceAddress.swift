internal import PartnerCenter

/// Where the service is: makes the addresses of its resources, and follows its links without leaving it.
struct ServiceAddress: Hashable, Sendable {
    /// The base URL, without a slash at its end.
    let endpoint: String
    /// The version segment: `v1`.
    let apiVersion: String

    init(endpoint: String, apiVersion: String) {
        self.endpoint = String(endpoint.reversed().drop { $0 == "/" }.reversed())
        self.apiVersion = apiVersion
    }

    /// The collection of customers.
    var customers: String { "\(endpoint)/\(apiVersion)/customers" }

    /// One customer.
    ///
    /// - Parameter id: its identifier.
    /// - Returns: its address.
    func customer(_ id: String) -> String { "\(customers)/\(Self.percentEncoded(id))" }

    /// A domain, which exists where a tenant has it.
    ///
    /// - Parameter name: the domain.
    /// - Returns: its address.
    func domain(_ name: String) -> String { "\(endpoint)/\(apiVersion)/domains/\(Self.percentEncoded(name))" }

    /// Where an address is given to be checked.
    var addressValidation: String { "\(endpoint)/\(apiVersion)/validations/address" }

    /// The rules of a country.
    ///
    /// - Parameter code: ISO 3166-1 alpha-2.
    /// - Returns: their address.
    func countryValidationRules(_ code: String) -> String {
        "\(endpoint)/\(apiVersion)/countryvalidationrules/\(Self.percentEncoded(code))"
    }

    /// The customers whose domain starts with a text.
    ///
    /// - Parameter domain: the text.
    /// - Returns: the address of the filtered list.
    func customers(withDomain domain: String) -> String {
        let escaped = domain.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        // The service's own tools write the members in this order.
        let filter = "{\"Field\":\"Domain\",\"Value\":\"\(escaped)\",\"Operator\":\"starts_with\"}"
        return "\(customers)?filter=\(Self.percentEncoded(filter))"
    }

    /// Where a list goes on after a page.
    ///
    /// - Parameter page: the page.
    /// - Returns: the next page; nil where the page was the last.
    /// - Throws: `ServiceError` where the link leads to another host, which must not see the token.
    func next(after page: ResourceCollection<Customer>) throws(ServiceError) -> PageCursor? {
        let token = page.continuationToken ?? ""
        let tokenHeader = KeyValuePair(key: "MS-ContinuationToken", value: token)
        guard let link = page.links?.next, let uri = link.uri, !uri.isEmpty else {
            return token.isEmpty ? nil : PageCursor(url: "\(customers)?seekOperation=Next", headers: [tokenHeader])
        }
        // A page must not say who is asked, and with which token.
        var headers = (link.headers ?? []).filter { $0.key.lowercased().hasPrefix("ms-") }
        if !token.isEmpty, !headers.contains(where: { $0.key.lowercased() == tokenHeader.key.lowercased() }) {
            headers.append(tokenHeader)
        }
        return PageCursor(url: try resolve(uri), headers: headers)
    }

    /// The absolute address of a link, which may be absolute, or relative with or without the version.
    private func resolve(_ uri: String) throws(ServiceError) -> String {
        guard uri.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
            let message =
                "\(customers): the address of the list's next page has a blank or a control character in it; "
                + "the list can't be read to its end"
            throw ServiceError(.unavailable, message: message)
        }
        let path = uri.prefix { $0 != "?" }
        if path.isEmpty { return customers + uri }
        if path.contains("://") || path.hasPrefix("//") {
            guard Self.origin(uri) == Self.origin(endpoint) else {
                let message =
                    "\(endpoint): the list goes on at \(Self.origin(uri)); another host must not see the token"
                throw ServiceError(.unavailable, message: message)
            }
            return uri
        }
        let relative = uri.drop { $0 == "/" }
        return relative.hasPrefix("\(apiVersion)/")
            ? "\(endpoint)/\(relative)" : "\(endpoint)/\(apiVersion)/\(relative)"
    }

    /// The scheme, host and port of an absolute address.
    private static func origin(_ url: String) -> String {
        guard let scheme = url.firstRange(of: "//") else { return url }
        let end = url[scheme.upperBound...].firstIndex { "/?#".contains($0) } ?? url.endIndex
        return url[..<end].lowercased()
    }

    /// A text with everything but unreserved characters encoded (RFC 3986, section 2.3).
    static func percentEncoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var encoded: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                encoded.append(byte)
            default: encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }
}
