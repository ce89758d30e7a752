internal import CCurl
internal import Glibc
internal import Synchronization

/// The thread that libcurl's multi interface runs on.
final class CurlThread: Sendable {
    /// Where requests for the thread go.
    let inbox: CurlInbox
    /// Runs tasks on the thread.
    let executor: CurlExecutor
    private let thread: pthread_t
    private let isJoined = Mutex(false)

    // Loading the library's parts is not safe on several threads; a static is initialised once.
    private static let isInitialised = curl_global_init(Int(CURL_GLOBAL_ALL)) == CURLE_OK

    init(_ options: CurlTransport.Options) throws(TransportError) {
        if let path = options.caFile, unsafe access(path, R_OK) != 0 {
            let message = unsafe "the CA file \(path) can't be read: \(String(cString: strerror(errno)))"
            throw TransportError(.notTrusted, mayHaveArrived: false, message: message)
        }
        guard Self.isInitialised, let pipe = WakePipe() else { throw Self.outOfResources }
        let inbox = CurlInbox(pipe)
        executor = CurlExecutor(inbox)
        guard let worker = CurlWorker(inbox, executor, options), let thread = Self.start(worker) else {
            throw Self.outOfResources
        }
        self.inbox = inbox
        self.thread = thread
    }

    /// Starts a thread that runs a worker and then frees it.
    private static func start(_ worker: CurlWorker) -> pthread_t? {
        let context = unsafe Unmanaged.passRetained(worker)
        var thread = pthread_t()
        if unsafe pthread_create(&thread, nil, { unsafe CurlThread.run($0) }, context.toOpaque()) == 0 { return thread }
        unsafe context.release()
        return nil
    }

    /// Ends the thread and waits for its end.
    func stop() {
        inbox.stop()
        isJoined.withLock { isJoined in
            guard !isJoined else { return }
            isJoined = true
            // The last task that holds the transport may let it go on the thread itself, which can't wait for its own end.
            if pthread_equal(pthread_self(), thread) != 0 {
                pthread_detach(thread)
            } else {
                _ = pthread_join(thread, nil)
            }
        }
    }

    /// The thread's whole life.
    private static func run(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        // A write to a closed connection must be an error here, not a SIGPIPE; other signals are for other threads.
        var signals = sigset_t()
        unsafe sigfillset(&signals)
        unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
        if let context = unsafe context {
            unsafe Unmanaged<CurlWorker>.fromOpaque(context).takeRetainedValue().run()
        }
        return nil
    }

    private static var outOfResources: TransportError {
        TransportError(
            .notConnected,
            mayHaveArrived: false,
            message: "the system has no memory, thread or file descriptor left"
        )
    }
}
