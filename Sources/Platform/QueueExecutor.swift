internal import Dispatch

/// A serial executor on a dispatch queue of its own, for actors whose calls block.
///
/// Dispatch lends the queue a thread apart from the cooperative pool, not always the same one; it may block. The pool
/// is as wide as the core count, so SQLite, files and parsing must not run there.
package final class QueueExecutor: SerialExecutor {
    private let queue: DispatchQueue

    /// Makes an executor.
    ///
    /// - Parameter label: the queue's name, as a debugger shows it.
    package init(_ label: String) {
        queue = DispatchQueue(label: label)
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { unsafe job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }

    package func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        unsafe UnownedSerialExecutor(ordinary: self)
    }
}
