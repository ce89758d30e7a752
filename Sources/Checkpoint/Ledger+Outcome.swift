internal import SQLite

extension Ledger {
    /// Records what became of a submission.
    ///
    /// - Parameters:
    ///   - outcome: what became of it.
    ///   - submission: the submission.
    /// - Throws: `SQLiteError` where it can't be written.
    func record(_ outcome: Outcome, of submission: Submission) throws(SQLiteError) {
        var state = try settle(outcome, of: submission)
        // The row is admitted again, and has its own result then.
        guard !submission.settlesEarlierRequest else { return }
        state.httpStatus = outcome.httpStatus
        state.problem = state.problem?.named(by: submission.titles)
        try rows.update(state, attempts: outcome.attempts, of: submission.reference)
    }

    /// Brings the customer's entry up to date, and gives the row's result.
    private func settle(_ outcome: Outcome, of submission: Submission) throws(SQLiteError) -> RowState {
        let id = submission.customer
        switch outcome.result {
        case .created(let customerId, let credentials, let note):
            let problem = note.map { Problem(code: "created.note", message: $0) }
            try customers.settle(id, .created, customerId: customerId, problem: problem)
            if let received = credentials { try self.credentials.keep(received) }
            return RowState(status: .created, customerId: customerId, problem: problem)
        case .rejected(let problem):
            try customers.settle(id, .rejected, httpStatus: outcome.httpStatus, problem: problem)
            return RowState(status: .rejected, problem: problem)
        case .turnedAway(let problem):
            try customers.settle(id, .new, isRefusal: true)
            return RowState(status: .pending, problem: problem)
        case .failed(let problem, let mayExist):
            // What an earlier run may have created is not undone by this run's failure.
            let isOpen = mayExist || submission.mayExist
            try customers.settle(id, isOpen ? .open : .new, problem: problem)
            return RowState(status: isOpen ? .unknown : .failed, problem: problem)
        case .absent:
            try customers.settle(id, .new)
            return RowState(status: .pending)
        case .withdrawn:
            let isOpen = submission.mayExist
            try customers.settle(id, isOpen ? .open : .new, problem: isOpen ? .unanswered : nil)
            return RowState(status: isOpen ? .unknown : .pending, problem: isOpen ? .unanswered : nil)
        }
    }
}
