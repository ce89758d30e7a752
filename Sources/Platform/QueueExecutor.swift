internal import Dispatch
internal import Synchronization

/// A serial executor on a dispatch queue of its own, for actors whose calls block.
///
/// Dispatch lends the queue a thread apart from the cooperative pool, not always the same one; it may block. The pool
/// is as wide as the core count, so SQLite, files and parsing must not run there.
package final class QueueExecutor: SerialExecutor {
    /// Runs the jobs of executors in place of their queues, each executor's in the order they came.
    package protocol JobRunner: Sendable {
        /// Takes a job, to run it on its executor later.
        ///
        /// - Parameters:
        ///   - job: the job.
        ///   - executor: the executor that it is to run on.
        func enqueue(_ job: UnownedJob, on executor: QueueExecutor)
    }

    private static let runner = Mutex<(any JobRunner)?>(nil)

    private let queue: DispatchQueue
    private let runner: (any JobRunner)?

    /// Makes an executor.
    ///
    /// - Parameter label: the queue's name, as a debugger shows it.
    package init(_ label: String) {
        queue = DispatchQueue(label: label)
        runner = Self.runner.withLock { $0 }
    }

    /// Lets another run the jobs of all executors that are made from now on: what a simulation on one thread needs.
    ///
    /// - Parameter runner: who runs them.
    package static func replaceQueues(by runner: any JobRunner) {
        Self.runner.withLock { $0 = runner }
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if let runner { return runner.enqueue(job, on: self) }
        queue.async { unsafe job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }

    package func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        unsafe UnownedSerialExecutor(ordinary: self)
    }
}
