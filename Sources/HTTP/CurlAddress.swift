internal import CCurl

/// Decides which addresses may be asked at all.
enum CurlAddress {
    /// Refuses an address that is no address, or that would show the token to the network.
    ///
    /// - Parameter url: the absolute address.
    /// - Returns: whether requests to it stay on this machine: for `localhost`, 127.0.0.0/8 and ::1.
    /// - Throws: `TransportError` of kind `notTrusted`.
    @discardableResult
    static func check(_ url: String) throws(TransportError) -> Bool {
        guard let (scheme, host) = parts(url) else {
            throw TransportError(.notTrusted, mayHaveArrived: false, message: "\(url) is not an address")
        }
        let isLoopback = isLoopback(host)
        if scheme == "https" || scheme == "http" && isLoopback { return isLoopback }
        let message = "\(scheme)://\(host) is not asked: beyond this machine only https keeps the token secret"
        throw TransportError(.notTrusted, mayHaveArrived: false, message: message)
    }

    private static func isLoopback(_ host: String) -> Bool {
        if host == "localhost" || host == "[::1]" { return true }
        // `127.example.com` is a name, not an address.
        let numbers = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        return numbers.count == 4 && numbers.first == 127 && !numbers.contains(nil)
    }

    /// The scheme and the host in lower case, as libcurl itself will understand the address.
    private static func parts(_ url: String) -> (scheme: String, host: String)? {
        guard let handle = unsafe curl_url() else { return nil }
        defer { unsafe curl_url_cleanup(handle) }
        guard unsafe curl_url_set(handle, CURLUPART_URL, url, 0) == CURLUE_OK,
            let scheme = unsafe part(CURLUPART_SCHEME, of: handle),
            let host = unsafe part(CURLUPART_HOST, of: handle)
        else { return nil }
        return (scheme.lowercased(), host.lowercased())
    }

    private static func part(_ part: CURLUPart, of handle: OpaquePointer) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard unsafe curl_url_get(handle, part, &text, 0) == CURLUE_OK, let text = unsafe text else { return nil }
        defer { unsafe curl_free(text) }
        return unsafe String(cString: text)
    }
}
