internal import Checkpoint
internal import Synchronization

/// What a running import has done so far, for a progress line beside it.
package final class ImportProgress: Sendable {
    /// The counts at one moment.
    package struct Snapshot: Hashable, Sendable {
        /// Rows taken in.
        package var read = 0
        /// The rows that there are in all, once they are counted.
        package var total: Int?
        /// Rows that are done, whatever their status.
        package var done = 0
        /// Customers created.
        package var created = 0
        /// Rows that need a person or another run.
        package var troubled = 0
        /// Requests that the service answered with a yes or a no.
        package var answered = 0
        /// The requests sent to create customers, repeats included.
        package var attempts = 0

        package init() {}
    }

    private let counts = Mutex(Snapshot())

    package init() {}

    /// The counts now.
    package var snapshot: Snapshot { counts.withLock { $0 } }

    /// Says how many rows there are in all.
    ///
    /// - Parameter total: the number.
    package func expect(rows total: Int) { counts.withLock { $0.total = total } }

    func read(rows: Int, settled: [RowStatus: Int]) {
        counts.withLock {
            $0.read += rows
            $0.done += settled.values.reduce(0, +)
            $0.troubled += settled.filter { $0.key.needsAttention }.values.reduce(0, +)
        }
    }

    /// Counts what became of a row's request, or of an earlier run's that no row names any more.
    func sent(_ outcome: Outcome, isOfRow: Bool) {
        counts.withLock {
            if isOfRow { $0.done += 1 }
            $0.attempts += outcome.attempts
            switch outcome.result {
            case .created:
                $0.created += 1
                $0.answered += 1
            case .rejected:
                $0.troubled += 1
                $0.answered += 1
            default:
                $0.troubled += 1
                if outcome.isRefusedYetOpen { $0.answered += 1 }
            }
        }
    }
}

extension Outcome {
    /// Whether the service refused the last request, though what an earlier one came to is not known.
    fileprivate var isRefusedYetOpen: Bool {
        guard case .failed(_, mayExist: true) = result else { return false }
        return httpStatus == 400 || httpStatus == 409
    }
}

extension RowStatus {
    /// Whether a row has ended without a customer; a rehearsed or a waiting one has not ended.
    fileprivate var needsAttention: Bool { !isSettledWell && self != .ready && self != .pending }
}
