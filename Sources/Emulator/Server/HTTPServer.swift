internal import CMicroHTTPD
internal import FoundationEssentials
internal import PartnerCenter
internal import Platform
internal import Synchronization

/// An HTTP server: a few threads of libmicrohttpd, each of which waits on epoll for its own connections.
@safe
final class HTTPServer: Sendable {
    /// The port that it listens on.
    let port: UInt16
    private let core: Core
    private let daemon: Mutex<Daemon?>

    /// A request's line and headers must fit, beside those of the answer.
    private static let connectionMemory = 16_384
    /// Reading and writing JSON is the larger part of the work, so more than one thread pays.
    private static let threads = UInt32(clamping: min(ProcessInfo.processInfo.activeProcessorCount, 4))

    /// Begins to listen.
    init(_ configuration: EmulatorConfiguration, handler: any RequestHandler) throws(EmulatorError) {
        let room = BodyRoom(bodyLimit: configuration.bodyLimit, limit: configuration.heldBodiesLimit)
        let core = Core(handler: handler, room: room)
        let (address, port) = (configuration.address, configuration.port)
        let started = unsafe purser_mhd_start(
            address.text,
            port,
            onRequest,
            onCompletion,
            Unmanaged.passUnretained(core).toOpaque(),
            configuration.connectionLimit,
            configuration.timeoutSeconds,
            Self.threads,
            Self.connectionMemory
        )
        guard let handle = unsafe started else {
            let error = SystemError(operation: "listen", path: "\(address.inURL):\(port)")
            let place = address == .loopback ? "" : " of \(address.text)"
            let cure = error.code == EADDRNOTAVAIL ? "another --listen" : "another --port, or 0 for any"
            throw EmulatorError(.unusable, "can't listen on port \(port)\(place): \(error.reason); give \(cure)")
        }
        self.core = core
        daemon = unsafe Mutex(Daemon(handle: handle))
        self.port = unsafe purser_mhd_port(handle)
    }

    deinit { stopNow() }

    /// Closes every connection and waits for the server's thread to end.
    func stop() async {
        let executor = QueueExecutor("emulator-stop")
        await Stopper(executor).stop(self)
    }

    fileprivate func stopNow() {
        guard let daemon = daemon.withLock({ $0.take() }) else { return }
        // MHD refuses to stop while a connection is suspended.
        core.endOpenExchanges()
        unsafe MHD_stop_daemon(daemon.handle)
    }
}

/// Stopping joins a thread, which must not happen on the cooperative pool.
private actor Stopper {
    private let executor: QueueExecutor
    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    init(_ executor: QueueExecutor) {
        self.executor = executor
    }

    func stop(_ server: HTTPServer) { server.stopNow() }
}

/// The daemon's handle; MHD's functions on it may be called from any thread.
@safe
private struct Daemon: @unchecked Sendable {
    let handle: OpaquePointer
}

/// What the server's thread reaches from MHD's callbacks.
private final class Core: Sendable {
    private struct State {
        var open: [ObjectIdentifier: Exchange] = [:]
        var isStopping = false
    }

    let room: BodyRoom
    private let handler: any RequestHandler
    private let state = Mutex(State())

    init(handler: any RequestHandler, room: BodyRoom) {
        self.handler = handler
        self.room = room
    }

    /// Hands a request that was read as a whole to the handler.
    func dispatch(_ exchange: Exchange, on connection: OpaquePointer) -> MHD_Result {
        guard let request = exchange.begin() else { return .NO }
        handler.handle(request) { exchange.finish($0) }
        // Most reads are answered by now; suspending and resuming would cost as much again.
        if let reply = exchange.reply { return unsafe send(reply, on: connection) }
        let goesOn = state.withLock { state in
            if !state.isStopping { state.open[ObjectIdentifier(exchange)] = exchange }
            return !state.isStopping
        }
        guard goesOn else { return .NO }
        if let reply = unsafe exchange.suspend(connection) { return unsafe send(reply, on: connection) }
        return .YES
    }

    func forget(_ exchange: Exchange) {
        state.withLock { $0.open[ObjectIdentifier(exchange)] = nil }
    }

    func endOpenExchanges() {
        let open = state.withLock { state in
            state.isStopping = true
            return Array(state.open.values)
        }
        for exchange in open { exchange.finish(.cutConnection) }
    }
}

/// MHD calls this for the header, for each piece of the body, at its end, and once more when a connection is resumed.
private let onRequest: MHD_AccessHandlerCallback = { context, connection, url, method, _, piece, pieceSize, slot in
    guard let context = unsafe context, let connection = unsafe connection, let slot = unsafe slot,
        let pieceSize = unsafe pieceSize
    else { return .NO }
    let core = unsafe Unmanaged<Core>.fromOpaque(context).takeUnretainedValue()
    guard let known = unsafe slot.pointee else {
        let request = unsafe readHead(of: connection, url: url, method: method)
        let exchange = Exchange(request, room: core.room)
        unsafe slot.pointee = Unmanaged.passRetained(exchange).toOpaque()
        return .YES
    }
    let exchange = unsafe Unmanaged<Exchange>.fromOpaque(known).takeUnretainedValue()
    if let reply = exchange.reply { return unsafe send(reply, on: connection) }
    guard unsafe pieceSize.pointee > 0 else { return unsafe core.dispatch(exchange, on: connection) }
    let goesOn = unsafe exchange.receive(UnsafeRawBufferPointer(start: piece, count: pieceSize.pointee))
    unsafe pieceSize.pointee = 0
    return goesOn ? .YES : .NO
}

/// MHD calls this when it is done with a request, however it ended.
private let onCompletion: MHD_RequestCompletedCallback = { context, _, slot, _ in
    guard let context = unsafe context, let slot = unsafe slot, let known = unsafe slot.pointee else { return }
    unsafe slot.pointee = nil
    let exchange = unsafe Unmanaged<Exchange>.fromOpaque(known).takeRetainedValue()
    unsafe Unmanaged<Core>.fromOpaque(context).takeUnretainedValue().forget(exchange)
}

private func readHead(
    of connection: OpaquePointer,
    url: UnsafePointer<CChar>?,
    method: UnsafePointer<CChar>?
) -> ServerRequest {
    var request = ServerRequest(
        method: unsafe method.map { unsafe String(cString: $0) } ?? "",
        path: unsafe url.map { unsafe String(cString: $0) } ?? ""
    )
    unsafe withUnsafeMutablePointer(to: &request) { request in
        unsafe _ = MHD_get_connection_values(connection, .GET_ARGUMENT_KIND, addQueryField, request)
        unsafe _ = MHD_get_connection_values(connection, .HEADER_KIND, addHeader, request)
    }
    return request
}

private let addQueryField: MHD_KeyValueIterator = { request, _, name, value in
    guard let request = unsafe request, let name = unsafe name else { return .YES }
    let pair = unsafe KeyValuePair(
        key: String(cString: name).lowercased(),
        value: value.map { unsafe String(cString: $0) } ?? ""
    )
    unsafe request.assumingMemoryBound(to: ServerRequest.self).pointee.query.append(pair)
    return .YES
}

private let addHeader: MHD_KeyValueIterator = { request, _, name, value in
    guard let request = unsafe request, let name = unsafe name, let value = unsafe value else { return .YES }
    let key = unsafe String(cString: name).lowercased()
    unsafe request.assumingMemoryBound(to: ServerRequest.self).pointee.headers[key] = String(cString: value)
    return .YES
}

private func send(_ reply: ServerReply, on connection: OpaquePointer) -> MHD_Result {
    let (answer, isCut): (ServerAnswer, Bool)
    switch reply {
    case .answer(let whole): (answer, isCut) = (whole, false)
    case .cutBody(let part): (answer, isCut) = (part, true)
    case .cutConnection: return .NO
    }
    let made = unsafe isCut ? cutResponse(answer.body) : wholeResponse(answer.body)
    guard let response = unsafe made else { return .NO }
    defer { unsafe MHD_destroy_response(response) }
    for header in answer.headers {
        // A value that can't stand in a header, such as one with a tab that a client sent, is left out.
        _ = unsafe MHD_add_response_header(response, header.key, header.value)
    }
    return unsafe MHD_queue_response(connection, UInt32(answer.status), response)
}

private func wholeResponse(_ body: [UInt8]) -> OpaquePointer? {
    unsafe body.withUnsafeBytes { bytes in
        // MHD copies the bytes, and does not write to them before.
        unsafe MHD_create_response_from_buffer(
            bytes.count,
            UnsafeMutableRawPointer(mutating: bytes.baseAddress),
            .RESPMEM_MUST_COPY
        )
    }
}

/// The bytes of a body that is cut in its middle.
private final class CutBody {
    let part: [UInt8]

    init(_ body: [UInt8]) {
        part = Array(body.prefix(body.count / 2))
    }
}

/// A response that promises a whole body, gives half of it, and closes the connection.
private func cutResponse(_ body: [UInt8]) -> OpaquePointer? {
    unsafe MHD_create_response_from_callback(
        UInt64(body.count),
        65_536,
        { context, position, buffer, limit in
            guard let context = unsafe context, let buffer = unsafe buffer else { return -2 }
            let part = unsafe Unmanaged<CutBody>.fromOpaque(context).takeUnretainedValue().part
            let rest = part.dropFirst(Int(clamping: position)).prefix(limit)
            // MHD_CONTENT_READER_END_WITH_ERROR, which is a cast that Swift does not import.
            guard !rest.isEmpty else { return -2 }
            unsafe UnsafeMutableRawBufferPointer(start: buffer, count: rest.count).copyBytes(from: rest)
            return rest.count
        },
        unsafe Unmanaged.passRetained(CutBody(body)).toOpaque(),
        { context in if let context = unsafe context { unsafe Unmanaged<CutBody>.fromOpaque(context).release() } }
    )
}
