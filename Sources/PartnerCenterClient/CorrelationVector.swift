internal import FoundationEssentials

/// The `MS-CV` of a run, by the correlation vector's specification, version 2.1: a random base that each part extends.
///
/// With its three elements it has 55 characters at most of the 127 that the specification allows, and so never needs
/// the mark of a vector that can't grow any more.
struct CorrelationVector: Hashable, Sendable {
    /// 22 characters of base64: 128 bits, so that the last one is `A`, `Q`, `g` or `w`.
    let base: String

    /// What a request belongs to.
    enum Operation: Hashable, Sendable {
        /// A row, by its place in the run, from 1.
        case row(Int)
        /// What an earlier run sent for a row that has been corrected since.
        case earlierRequest(row: Int)
        /// No row.
        case other
    }

    /// Makes a vector.
    ///
    /// - Parameter bytes: 16 random bytes.
    init(_ bytes: [UInt8]) {
        base = String(Data(bytes).base64EncodedString().prefix(22))
    }

    /// The vector of one request.
    ///
    /// - Parameters:
    ///   - operation: the operation's place in the run.
    ///   - request: the request's place in the operation, from 1.
    /// - Returns: `base.row.request`, say.
    func extended(_ operation: Operation, request: Int) -> String {
        // An element has 32 bits, and one that has reached its end stays there.
        let place =
            switch operation {
            case .other: "0"
            case .row(let row): String(UInt32(clamping: row))
            case .earlierRequest(let row): String(UInt32(clamping: row)) + ".0"
            }
        // Each request has one: it is put together where there is room for all of it.
        var vector = ""
        vector.reserveCapacity(64)
        vector += base
        vector += "."
        vector += place
        vector += "."
        vector += String(UInt32(clamping: request))
        return vector
    }
}
