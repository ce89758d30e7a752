import Glibc
import PartnerCenter
import TestSupport
import Testing

struct KillTests {
    private func start(_ folder: TemporaryFolder) throws -> (process: PurserProcess, port: UInt16) {
        let process = try PurserProcess(["emulator", "--store", folder("store")], in: folder.path)
        let port = process.firstLine().split(separator: ":").last.flatMap { UInt16($0) }
        return (process, try #require(port))
    }

    private static func send(
        _ method: String,
        _ target: String,
        _ body: String? = nil,
        over connection: HTTPConnection
    ) async throws -> HTTPConnection.Answer {
        let headers = ["Authorization": "Bearer emulator", "MS-RequestId": body.map { "\($0.hashValue)" } ?? "r"]
        return try await connection.send(method, target, headers: headers, body: body.map { Array($0.utf8) })
    }

    /// Creates customers until the connection is lost.
    ///
    /// - Returns: the ids that were answered with.
    private static func createUntilTheEnd(_ lane: Int, port: UInt16, _ onAnswer: @Sendable () -> Void) async -> [String]
    {
        var ids: [String] = []
        guard let connection = try? HTTPConnection(port: port) else { return [] }
        while let answer = try? await send(
            "POST",
            "/v1/customers",
            order("lane\(lane)x\(ids.count).onmicrosoft.com"),
            over: connection
        ) {
            guard answer.status == 201, let id = try? answer.customer().id else { break }
            ids.append(id)
            onAnswer()
        }
        return ids
    }

    @Test(arguments: [1, 40, 300])
    func noCustomerThatWasAnsweredIsLostToAKill(answers: Int) async throws {
        let folder = try TemporaryFolder()
        let (process, port) = try start(folder)
        let count = Counter()
        let ids = await withTaskGroup(of: [String].self) { group in
            for lane in 0..<8 {
                group.addTask {
                    await Self.createUntilTheEnd(lane, port: port) {
                        if count.increment() == answers { process.signal(SIGKILL) }
                    }
                }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
        #expect(process.wait().exitCode == SIGKILL)
        #expect(ids.count >= answers)

        let (restarted, newPort) = try start(folder)
        defer { restarted.signal(SIGKILL) }
        let connection = try HTTPConnection(port: newPort)
        for id in ids {
            #expect(try await Self.send("GET", "/v1/customers/\(id)", over: connection).status == 200)
        }
    }
}
