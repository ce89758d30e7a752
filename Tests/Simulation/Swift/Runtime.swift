internal import CRuntime
internal import Platform

/// What the Swift runtime and the C library call in place of their own parts, once they are told to.
enum Runtime {
    /// Hands every job of this process to the scheduler, and every saving of a file to the disk, from now on.
    static func replaceSystem() {
        runtime_replace_thread_pool(
            { job in
                if let job { Scheduler.shared.enqueue(unsafeBitCast(job, to: UnownedJob.self)) }
            },
            {
                let promise = "everySleepGoesThroughTheClockThatWasPassedIn"
                Scheduler.shared.fail(promise, "something sleeps on a real clock")
            }
        )
        runtime_replace_fsync { Disk.current?.save($0) }
        QueueExecutor.replaceQueues(by: Scheduler.shared)
    }

    /// Runs a job that belongs to no executor.
    ///
    /// - Parameter job: the job.
    static func run(_ job: UnownedJob) { runtime_run_job(unsafeBitCast(job, to: UnsafeMutableRawPointer.self)) }
}
