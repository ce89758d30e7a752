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

    /// What a row says whose customer an earlier request may have created.
    ///
    /// - Parameters:
    ///   - failure: what is known of why that is not settled; nil for nothing.
    ///   - fault: what makes the row as it is now invalid, if anything does.
    /// - Returns: both.
    static func unsettled(_ failure: Problem?, invalid fault: Problem?) -> Problem {
        var problem = failure ?? .unanswered
        guard let fault else { return problem }
        let field = fault.field.isEmpty ? "" : "\(fault.field): "
        problem.message += "; and as the row is now, it is invalid: \(field)\(fault.message) (\(fault.code))"
        return problem
    }

    /// What an invalid row says whose customer was created from it as it was before.
    ///
    /// - Parameter note: what there is to know of the creation, such as that its password was never received.
    /// - Returns: both.
    func afterCreation(note: Problem?) -> Problem {
        var problem = self
        problem.message += "; its customer exists already, created from the row as it was before"
        if let note { problem.message += ", and \(note.message)" }
        return problem
    }
}
