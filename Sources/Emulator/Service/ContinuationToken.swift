internal import FoundationEssentials
internal import PartnerCenter

/// Where a list goes on: its page size, its filter and the ends of the page that it was given with.
///
/// It names places in the order of creation, so customers that are added meanwhile neither repeat nor hide others:
/// they come at the end.
struct ContinuationToken: OpaqueToken, Hashable, Sendable {
    var size: Int
    var field: String?
    var prefix: String?
    var first: Int64
    var last: Int64
}

/// What is told to a client as a text that it need not understand, and sends back.
protocol OpaqueToken: Codable {}

extension OpaqueToken {
    /// The token as a client sends it back.
    func text() throws -> String {
        Data(try JSONWire.encode(self)).base64EncodedString()
    }

    /// Reads a token; nil where it is none of ours.
    static func read(_ text: String) -> Self? {
        guard let data = Data(base64Encoded: text) else { return nil }
        // A client's text that is no token is the client's mistake, whatever is wrong with it.
        return try? JSONWire.decode(Self.self, from: [UInt8](data))
    }
}
