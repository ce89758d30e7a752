internal import PartnerCenter

/// The token that a create may ask for, and that lets a read see what was written until then.
///
/// The service's page only names the header that asks; the rest is how other services of its kind do it. The token is
/// the moment itself, so that there is nothing to keep.
enum ConsistencyToken {
    private static let name = "ReadWriteConsistencyToken"

    /// The header that gives a token to who asks for one.
    ///
    /// - Parameters:
    ///   - request: the create's request.
    ///   - now: the present time in milliseconds.
    /// - Returns: the header; nil where none was asked for.
    static func header(for request: ServerRequest, now: Int64) -> KeyValuePair? {
        let asked = request.headers["generatereadwriteconsistencytoken"]?.lowercased() ?? ""
        return asked.isEmpty || asked == "false" ? nil : KeyValuePair(key: name, value: "\(now)")
    }

    /// The moment until which a request is to see everything.
    ///
    /// - Parameter request: the read's request.
    /// - Returns: the moment in milliseconds; nil where it brings no token of this service.
    static func moment(of request: ServerRequest) -> Int64? {
        request.headers[name.lowercased()].flatMap { Int64($0) }
    }
}
