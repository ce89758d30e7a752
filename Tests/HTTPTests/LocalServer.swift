import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// A server on a loopback port that answers as a test scripts it, byte by byte; one thread for each connection.
final class LocalServer: Sendable {
    /// What is done with one request.
    enum Reply: Sendable {
        /// These bytes are sent; the connection stays open.
        case bytes(String)
        /// These bytes are sent, again and again until the client goes away.
        case endless(String, String)
        /// These bytes are sent, then the connection is closed.
        case cut(String)
        /// Nothing is sent until the client goes away.
        case silence
    }

    struct Request: Sendable {
        let connection: Int
        let head: String
        let body: String
    }

    let port: Int
    private let listener: Int32
    private let state = Mutex((requests: [Request](), opened: 0, connections: Set<Int32>(), closed: 0))
    private let reply: @Sendable (Request) -> Reply

    init(_ reply: @escaping @Sendable (Request) -> Reply) {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        self.listener = listener
        self.reply = reply
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 && listen(listener, 64) == 0 && getsockname(listener, $0, &length) == 0
            }
        }
        precondition(isListening)
        port = Int(UInt16(bigEndian: address.sin_port))
        Self.thread { [self] in accept() }
    }

    var url: String { "http://127.0.0.1:\(port)/v1/customers" }

    /// What was asked, in order.
    var requests: [Request] { state.withLock { $0.requests } }

    /// How many connections were opened.
    var connectionCount: Int { state.withLock { $0.opened } }

    /// How many connections the client has given up.
    var closedCount: Int { state.withLock { $0.closed } }

    /// Ends the server; a thread that waits for a connection or a request ends with it.
    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        // Under the lock, so that none of them is closed, and its number used again, meanwhile.
        state.withLock { state in
            for connection in state.connections { shutdown(connection, Int32(SHUT_RDWR)) }
        }
    }

    private func accept() {
        while true {
            let connection = Glibc.accept(listener, nil, nil)
            guard connection >= 0 else {
                close(listener)
                return
            }
            let number = state.withLock { state in
                state.connections.insert(connection)
                state.opened += 1
                return state.opened
            }
            Self.thread { [self] in
                serve(connection, number)
                state.withLock { state in
                    state.connections.remove(connection)
                    // A program that another test starts meanwhile may have a copy, which closing does not end.
                    shutdown(connection, Int32(SHUT_RDWR))
                    close(connection)
                    state.closed += 1
                }
            }
        }
    }

    private func serve(_ connection: Int32, _ number: Int) {
        var buffer: [UInt8] = []
        while let request = read(connection, number, &buffer) {
            state.withLock { $0.requests.append(request) }
            switch reply(request) {
            case .bytes(let text):
                guard send(connection, text) else { return }
            case .endless(let start, let piece):
                guard send(connection, start) else { return }
                while send(connection, piece) {}
                return
            case .cut(let text):
                _ = send(connection, text)
                return
            case .silence:
                var byte: UInt8 = 0
                while recv(connection, &byte, 1, 0) > 0 {}
                return
            }
        }
    }

    private func read(_ connection: Int32, _ number: Int, _ buffer: inout [UInt8]) -> Request? {
        while true {
            let text = String(decoding: buffer, as: UTF8.self)
            if let end = text.range("\r\n\r\n") {
                let head = String(text[..<end.lowerBound])
                let lengthLine = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
                let length = lengthLine.flatMap { Int($0.dropFirst(15).drop { $0 == " " }) } ?? 0
                let headLength = text[..<end.upperBound].utf8.count
                if buffer.count >= headLength + length {
                    let body = String(decoding: buffer[headLength..<headLength + length], as: UTF8.self)
                    buffer.removeFirst(headLength + length)
                    return Request(connection: number, head: head, body: body)
                }
            }
            var piece = [UInt8](repeating: 0, count: 65_536)
            let count = recv(connection, &piece, piece.count, 0)
            guard count > 0 else { return nil }
            buffer += piece[..<count]
        }
    }

    private func send(_ connection: Int32, _ text: String) -> Bool {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes {
                Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            bytes = bytes.dropFirst(count)
        }
        return true
    }

    private static func thread(_ body: @escaping @Sendable () -> Void) {
        var thread = pthread_t()
        let context = Unmanaged.passRetained(Work(body: body)).toOpaque()
        pthread_create(
            &thread,
            nil,
            { context in
                if let context { Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body() }
                return nil
            },
            context
        )
        pthread_detach(thread)
    }

    private final class Work {
        let body: @Sendable () -> Void
        init(body: @escaping @Sendable () -> Void) { self.body = body }
    }
}

extension String {
    fileprivate func range(_ part: String) -> Range<Index>? { self.ranges(of: part).first }
}

/// An answer with a length.
func answer(_ status: String, _ body: String, headers: String = "") -> String {
    "HTTP/1.1 \(status)\r\n\(headers)Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
}
