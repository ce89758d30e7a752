internal import FoundationEssentials

/// The `MS-CV` of a run, by the correlation vector's specification, version 2: a random base that each part extends.
struct CorrelationVector: Hashable, Sendable {
    /// 22 characters of base64: 128 bits.
    let base: String

    /// Makes a vector.
    ///
    /// - Parameter bytes: 16 random bytes.
    init(_ bytes: [UInt8]) {
        base = String(Data(bytes).base64EncodedString().prefix(22))
    }

    /// The vector of one request.
    ///
    /// - Parameters:
    ///   - row: the operation's place in the run.
    ///   - attempt: the request's place in the operation.
    /// - Returns: `base.row.attempt`.
    func extended(row: Int, attempt: Int) -> String {
        "\(base).\(row).\(attempt)"
    }
}
