extension Problem {
    /// What a row says whose customer stands on an earlier row.
    ///
    /// - Parameters:
    ///   - place: where that row stands: `line 7`, `customers.csv:7`.
    ///   - field: the column that both rows share.
    /// - Returns: the problem.
    package static func duplicate(at place: String, field: String) -> Problem {
        let message = "stands at \(place) already, so both rows are the same customer; keep one of them"
        return Problem(code: "identity.duplicate", field: field, message: message)
    }

    /// What an open request's row says where no failure is known.
    static let unanswered = Problem(
        code: "answer.missing",
        message: "an earlier run sent this customer's request and had no answer; run again, which settles it first"
    )

    /// What a row says that can't be told from others.
    static let noIdentity = Problem(
        code: "identity.missing",
        field: "domain",
        message: "the row names no customer; fill in the domain"
    )
}
