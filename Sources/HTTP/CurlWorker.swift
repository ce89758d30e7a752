internal import CCurl

/// Runs the transfers; lives and dies on the curl thread.
@safe final class CurlWorker {
    private let multi: UnsafeMutableRawPointer
    private let inbox: CurlInbox
    private let executor: CurlExecutor
    private let watch: CurlWatch
    private let options: CurlTransport.Options
    private var running: [ObjectIdentifier: CurlTransfer] = [:]
    /// Handles to use again: they keep what is costly to make.
    private var idle: [CurlTransfer] = []
    /// What was taken out of the box last; kept, since its lists have room already.
    private var contents = CurlInbox.Contents()

    /// How often the box is emptied before the sockets are looked at.
    private static let mostRounds = 16

    /// Makes a worker; nil where the system has no memory left.
    init?(_ inbox: CurlInbox, _ executor: CurlExecutor, _ options: CurlTransport.Options) {
        guard let multi = unsafe curl_multi_init() else { return nil }
        unsafe self.multi = multi
        self.inbox = inbox
        self.executor = executor
        self.options = options
        watch = CurlWatch(inbox.pipe)
        unsafe _ = purser_curl_multi_set_long(multi, CURLMOPT_PIPELINING, Int(CURLPIPE_MULTIPLEX))
        unsafe _ = purser_curl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, options.keptConnections)
        guard unsafe watch.attach(to: multi) else { return nil }
    }

    deinit {
        running.removeAll()
        idle.removeAll()
        unsafe _ = curl_multi_cleanup(multi)
    }

    /// Works until the box says to stop.
    func run() {
        var rounds = 0
        while !contents.isStopping {
            let isIdle = !inbox.take(&contents)
            rounds += 1
            // What lies in the box leads to more of it at once, which is cheaper than a look at the sockets; but they
            // have their turn, too.
            if isIdle || rounds == Self.mostRounds {
                for event in watch.wait(isIdle: isIdle) { act(event.socket, event.what) }
                inbox.wakeUp()
                rounds = 0
            }
            contents.jobs.forEach(executor.run)
            contents.submitted.forEach(start)
            contents.cancelled.forEach(cutOff)
            if watch.takeDue() { act(CURL_SOCKET_TIMEOUT, 0) }
            collect()
        }
        for transfer in Array(running.values) {
            end(transfer, .failure(CurlFailure.closed(mayHaveArrived: transfer.requestBegan)))
        }
    }

    /// Lets libcurl do what can be done with one socket, or what its deadlines ask for.
    private func act(_ socket: curl_socket_t, _ what: Int32) {
        var count: Int32 = 0
        unsafe _ = curl_multi_socket_action(multi, socket, what, &count)
    }

    private func start(_ exchange: CurlExchange) {
        guard !exchange.isCancelled else {
            return exchange.finish(.failure(CurlFailure.cancelled(mayHaveArrived: false)))
        }
        guard let transfer = idle.popLast() ?? CurlTransfer(options),
            transfer.prepare(exchange),
            unsafe curl_multi_add_handle(multi, transfer.handle) == CURLM_OK
        else {
            let message = "the request can't be set up"
            return exchange.finish(.failure(TransportError(.notConnected, mayHaveArrived: false, message: message)))
        }
        running[ObjectIdentifier(exchange)] = transfer
    }

    private func cutOff(_ exchange: CurlExchange) {
        guard let transfer = running[ObjectIdentifier(exchange)] else { return }
        end(transfer, .failure(CurlFailure.cancelled(mayHaveArrived: transfer.requestBegan)))
    }

    /// Hands out the results of the transfers that have ended.
    private func collect() {
        var left: Int32 = 0
        while let message = unsafe curl_multi_info_read(multi, &left) {
            guard unsafe message.pointee.msg == CURLMSG_DONE,
                let transfer = unsafe CurlTransfer.of(message.pointee.easy_handle)
            else { continue }
            end(transfer, transfer.result(unsafe purser_curl_result(message)))
        }
    }

    private func end(_ transfer: CurlTransfer, _ result: Result<HTTPResponse, TransportError>) {
        unsafe _ = curl_multi_remove_handle(multi, transfer.handle)
        if let exchange = transfer.clear() {
            running[ObjectIdentifier(exchange)] = nil
            exchange.finish(result)
        }
        idle.append(transfer)
    }
}
