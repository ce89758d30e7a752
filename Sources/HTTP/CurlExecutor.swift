internal import Dispatch

/// Runs tasks on the curl thread, between the requests that they send.
///
/// A request that another thread sends costs four changes of threads: there and back, and each wakes who sleeps. On
/// the thread itself it costs none, and a thousand tasks that wait for answers need no thread more.
final class CurlExecutor: TaskExecutor {
    private let inbox: CurlInbox

    init(_ inbox: CurlInbox) {
        self.inbox = inbox
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if inbox.submit(job) { return }
        // The thread has ended, but tasks that preferred it have not.
        DispatchQueue.global().async { [self] in run(job) }
    }

    /// Runs a job up to the point where its task waits for something.
    func run(_ job: UnownedJob) {
        unsafe job.runSynchronously(on: asUnownedTaskExecutor())
    }
}
