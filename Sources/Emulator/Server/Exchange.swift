internal import CMicroHTTPD
internal import PartnerCenter
internal import Synchronization

/// One request on a connection and its reply, from the first header to the last byte.
///
/// The server's thread reads the request and suspends the connection; whoever replies resumes it, and the server's
/// thread then sends.
final class Exchange: Sendable {
    private enum Phase: Sendable {
        case reading
        case waiting(SuspendedConnection)
        case replied(ServerReply)
    }

    private struct State: Sendable {
        var request: ServerRequest
        var phase = Phase.reading
        var received = 0
    }

    private let bodyLimit: Int
    private let state: Mutex<State>

    init(_ request: ServerRequest, bodyLimit: Int) {
        self.bodyLimit = bodyLimit
        state = Mutex(State(request: request))
    }

    /// Takes a piece of the body.
    ///
    /// Past the limit the rest is read and thrown away, so that the client gets its 413 rather than a cut connection.
    ///
    /// - Parameter piece: the bytes.
    /// - Returns: false where the body is so long that reading on would be a waste.
    func receive(_ piece: UnsafeRawBufferPointer) -> Bool {
        let count = piece.count
        let bytes = unsafe Array(piece)
        return state.withLock { state in
            state.received += count
            if state.received <= bodyLimit {
                state.request.body += bytes
            } else {
                state.request.isTooLarge = true
                state.request.body = []
            }
            return state.received <= bodyLimit * 16
        }
    }

    /// The reply, once there is one.
    var reply: ServerReply? {
        state.withLock { if case .replied(let reply) = $0.phase { reply } else { nil } }
    }

    /// Suspends the connection until the reply is there.
    ///
    /// - Parameter connection: the connection.
    /// - Returns: the request, now read as a whole; nil where the exchange has ended already.
    func suspend(_ connection: OpaquePointer) -> ServerRequest? {
        let suspended = unsafe SuspendedConnection(connection)
        return state.withLock { state in
            // Under the lock, so that a server that stops can't resume what is not suspended yet.
            guard case .reading = state.phase else { return nil }
            suspended.suspend()
            state.phase = .waiting(suspended)
            return state.request
        }
    }

    /// Ends the exchange; only the first reply counts.
    func finish(_ reply: ServerReply) {
        state.withLock { state in
            let before = state.phase
            if case .replied = before { return }
            state.phase = .replied(reply)
            if case .waiting(let connection) = before { connection.resume() }
        }
    }
}

/// A connection that MHD keeps for as long as it is suspended, so that another thread may resume it.
@safe
private struct SuspendedConnection: @unchecked Sendable {
    private let handle: OpaquePointer

    init(_ handle: OpaquePointer) {
        unsafe self.handle = handle
    }

    func suspend() { unsafe MHD_suspend_connection(handle) }
    func resume() { unsafe MHD_resume_connection(handle) }
}
