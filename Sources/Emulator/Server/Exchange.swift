internal import CMicroHTTPD
internal import PartnerCenter
internal import Synchronization

/// One request on a connection and its reply, from the first header to the last byte.
///
/// A server's thread reads the request and hands it on. Where the reply is not there at once, the connection is
/// suspended; whoever replies resumes it, and the server's thread then sends.
final class Exchange: Sendable {
    private enum Phase: Sendable {
        case reading
        case handled
        case waiting(SuspendedConnection)
        case replied(ServerReply)
    }

    private struct State: Sendable {
        var request: ServerRequest
        var phase = Phase.reading
        var received = 0
        var held = 0
    }

    private let room: BodyRoom
    private let state: Mutex<State>

    init(_ request: ServerRequest, room: BodyRoom) {
        self.room = room
        state = Mutex(State(request: request))
    }

    deinit { room.giveBack(state.withLock { $0.held }) }

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
            if state.received > room.bodyLimit {
                refuse(.tooLarge, &state)
            } else if state.request.bodyFault == nil, room.take(count) {
                state.held += count
                state.request.body += bytes
            } else {
                refuse(.noRoom, &state)
            }
            return state.received <= room.bodyLimit * 64
        }
    }

    private func refuse(_ fault: ServerRequest.BodyFault, _ state: inout State) {
        state.request.bodyFault = fault
        state.request.body = []
        room.giveBack(state.held)
        state.held = 0
    }

    /// Begins the handling of the request, which is read as a whole now; nil where that was done before.
    func begin() -> ServerRequest? {
        state.withLock { state in
            guard case .reading = state.phase else { return nil }
            state.phase = .handled
            defer { state.request = ServerRequest(method: "", path: "") }
            return state.request
        }
    }

    /// The reply, once there is one.
    var reply: ServerReply? {
        state.withLock { if case .replied(let reply) = $0.phase { reply } else { nil } }
    }

    /// Suspends the connection until the reply is there.
    ///
    /// - Parameter connection: the connection.
    /// - Returns: the reply, where it came in between; the connection is not suspended then.
    func suspend(_ connection: OpaquePointer) -> ServerReply? {
        let suspended = unsafe SuspendedConnection(connection)
        return state.withLock { state in
            // Under the lock, so that nobody can resume what is not suspended yet.
            if case .replied(let reply) = state.phase { return reply }
            suspended.suspend()
            state.phase = .waiting(suspended)
            return nil
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
