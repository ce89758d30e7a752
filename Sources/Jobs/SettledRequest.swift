package import Checkpoint

/// What became of a request that an earlier run left open and that no row stands for any more.
package struct SettledRequest: Hashable, Sendable {
    /// The domain that a customer was asked for.
    package let domain: String
    package let result: Outcome.Result

    /// Whether another run must go on with it.
    package var isOpen: Bool {
        switch result {
        case .failed(_, mayExist: true), .withdrawn: true
        case .created, .failed, .rejected, .turnedAway, .absent: false
        }
    }

    /// A sentence for the person who took the row away; nil where there is no customer, and so nothing to do.
    package var text: String? {
        let request = "\(domain): an earlier run's request, which no row stands for any more,"
        return switch result {
        case .created(let customerId, let credentials?, _):
            "\(request) created customer \(customerId); the password of \(credentials.userName) is on file"
        case .created(let customerId, nil, let note):
            "\(request) created customer \(customerId)\(note.map { "; \($0)" } ?? "")"
        case .failed(let problem, mayExist: true):
            "\(request) is still open: \(problem.message); each run looks for it again. Where it stays so, put its row"
                + " back as it was for one run: the same request is sent again, and its answer settles it"
        case .withdrawn: "\(request) is still open; run the same command again to settle it"
        case .failed, .rejected, .turnedAway, .absent: nil
        }
    }
}
