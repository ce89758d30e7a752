internal import Dispatch
internal import Foundation
internal import Glibc

/// A kept-alive HTTP connection to a server on the loopback address, for tests of servers.
///
/// It speaks just enough of HTTP/1.1, and its calls block on a thread of their own.
package final class HTTPConnection: Sendable {
    /// What the server answered.
    package struct Answer: Hashable, Sendable {
        package var status = 0
        /// By name in lower case.
        package var headers: [String: String] = [:]
        package var body: [UInt8] = []

        package var text: String { String(decoding: body, as: UTF8.self) }
    }

    /// The server closed the connection instead of answering.
    package struct ConnectionLost: Error {}

    private let descriptor: Int32
    private let queue = DispatchQueue(label: "test-connection")

    /// Connects to an IPv4 or IPv6 address.
    package init(host: String = "127.0.0.1", port: UInt16) throws {
        var hints = addrinfo()
        hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, String(port), &hints, &found) == 0, let address = found?.pointee else {
            throw ConnectionLost()
        }
        defer { freeaddrinfo(found) }
        descriptor = socket(address.ai_family, address.ai_socktype, 0)
        guard connect(descriptor, address.ai_addr, address.ai_addrlen) == 0 else {
            close(descriptor)
            throw ConnectionLost()
        }
    }

    deinit { close(descriptor) }

    /// Sends a request and reads its answer.
    package func send(
        _ method: String,
        _ target: String,
        headers: [String: String] = [:],
        body: [UInt8]? = nil
    ) async throws -> Answer {
        var head = "\(method) \(target) HTTP/1.1\r\nHost: localhost\r\n"
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        if let body { head += "Content-Length: \(body.count)\r\n" }
        return try await send(raw: Array((head + "\r\n").utf8) + (body ?? []), hasBody: method != "HEAD")
    }

    /// Sends bytes as they are and reads one answer.
    package func send(raw bytes: [UInt8], hasBody: Bool = true) async throws -> Answer {
        try await withCheckedThrowingContinuation { continuation in
            queue.async {
                continuation.resume(
                    with: Result {
                        try self.sendAll(bytes)
                        return try self.readAnswer(hasBody: hasBody)
                    }
                )
            }
        }
    }

    /// Sends bytes and waits for no answer.
    package func write(_ bytes: [UInt8]) async throws {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try self.sendAll(bytes) }) }
        }
    }

    private func sendAll(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw ConnectionLost() }
            rest = rest.dropFirst(count)
        }
    }

    private func readAnswer(hasBody: Bool) throws -> Answer {
        var received: [UInt8] = []
        let end = Array("\r\n\r\n".utf8)
        var headLength: Int?
        while headLength == nil {
            received += try readMore()
            headLength = received.indices.first { received[$0...].starts(with: end) }
        }
        let head = String(decoding: received[..<(headLength ?? 0)], as: UTF8.self)
        let lines = head.components(separatedBy: "\r\n")
        var answer = Answer()
        answer.status = Int(lines[0].split(separator: " ")[1]) ?? 0
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            answer.headers[parts[0].lowercased()] = parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
        }
        answer.body = Array(received[((headLength ?? 0) + 4)...])
        let length = hasBody ? Int(answer.headers["content-length"] ?? "0") ?? 0 : 0
        while answer.body.count < length { answer.body += try readMore() }
        return answer
    }

    private func readMore() throws -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = buffer.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
        guard count > 0 else { throw ConnectionLost() }
        return Array(buffer[..<count])
    }
}
