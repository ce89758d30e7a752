internal import CCurl

/// Runs the transfers; lives and dies on the curl thread.
@safe final class CurlWorker {
    private let multi: UnsafeMutableRawPointer
    private let inbox: CurlInbox
    private let options: CurlTransport.Options
    private var running: [ObjectIdentifier: CurlTransfer] = [:]
    /// Handles to use again: they keep what is costly to make.
    private var idle: [CurlTransfer] = []

    init(multi: UnsafeMutableRawPointer, inbox: CurlInbox, options: CurlTransport.Options) {
        unsafe self.multi = multi
        self.inbox = inbox
        self.options = options
        unsafe _ = purser_curl_multi_set_long(multi, CURLMOPT_PIPELINING, Int(CURLPIPE_MULTIPLEX))
        unsafe _ = purser_curl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, options.keptConnections)
    }

    deinit {
        idle.removeAll()
        unsafe _ = curl_multi_cleanup(multi)
    }

    /// Works until the box says to stop.
    func run() {
        while true {
            let contents = inbox.take()
            contents.submitted.forEach(start)
            contents.cancelled.forEach(cutOff)
            if contents.isStopping { break }
            var count: Int32 = 0
            unsafe _ = curl_multi_perform(multi, &count)
            collect()
            // Returns at once where the box is filled in the meantime; libcurl knows its own deadlines.
            if inbox.sleep() { unsafe _ = curl_multi_poll(multi, nil, 0, 60_000, nil) }
        }
        for transfer in Array(running.values) {
            end(transfer, .failure(CurlFailure.closed(mayHaveArrived: transfer.requestBegan)))
        }
    }

    private func start(_ exchange: CurlExchange) {
        guard !exchange.isCancelled else {
            return exchange.finish(.failure(CurlFailure.cancelled(mayHaveArrived: false)))
        }
        guard let transfer = idle.popLast() ?? CurlTransfer(),
            transfer.prepare(exchange, options),
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
