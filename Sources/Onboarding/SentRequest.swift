internal import PartnerCenter

/// A request that was or will be sent, column by column.
package struct SentRequest: Sendable {
    private let members: JSONValue

    /// Reads a payload.
    ///
    /// - Parameter payload: the canonical JSON; nil comes of what is none.
    package init?(payload: [UInt8]) {
        do {
            members = try JSONWire.parse(payload)
        } catch {
            return nil
        }
    }

    /// What a column's cell was sent as.
    ///
    /// - Parameter column: the column.
    /// - Returns: the value; nil where the request has none.
    package func value(of column: Column) -> String? {
        guard let path = column.paths.first?.split(separator: ".") else { return nil }
        var value: JSONValue? = members
        for name in path { value = value?.members?.first { $0.name == name }?.value }
        return value?.text
    }
}
