internal import Checkpoint

/// A column of the results, which every format shares.
struct ResultColumn: Sendable {
    /// What a row has in a column.
    enum Value: Hashable, Sendable {
        case text(String)
        case number(Int)
        case empty

        /// A text, where there is one that says something.
        init(_ text: String?) {
            self = text.flatMap { $0.isEmpty ? nil : .text($0) } ?? .empty
        }
    }

    let name: String
    /// Whether it is a number or one of a few words.
    var isAttribute = false
    let value: @Sendable (RowResult) -> Value

    /// The columns in their order (contract, section 8).
    static let all = [
        ResultColumn(name: "row", isAttribute: true) { .number($0.row) },
        ResultColumn(name: "line", isAttribute: true) { .number($0.line) },
        ResultColumn(name: "status", isAttribute: true) { .text($0.status.rawValue) },
        ResultColumn(name: "customerId") { Value($0.customerId) },
        ResultColumn(name: "domain") { .text($0.domain) },
        ResultColumn(name: "companyName") { .text($0.companyName) },
        ResultColumn(name: "idempotencyKey") { Value($0.idempotencyKey) },
        ResultColumn(name: "httpStatus", isAttribute: true) { $0.httpStatus.map { .number($0) } ?? .empty },
        ResultColumn(name: "attempts", isAttribute: true) { .number($0.attempts) },
        ResultColumn(name: "code") { Value($0.problem?.code) },
        ResultColumn(name: "field") { Value($0.problem?.field) },
        ResultColumn(name: "message") { Value($0.problem?.message) },
    ]
}
