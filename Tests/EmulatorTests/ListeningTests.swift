import Emulator
import TestSupport
import Testing

struct ListeningTests {
    @Test(arguments: [("127.0.0.1", true), ("127.9.8.7", true), ("::1", true), ("0.0.0.0", false), ("::", false)])
    func anAddressKnowsWhetherOnlyThisMachineReachesIt(text: String, isLoopback: Bool) throws {
        #expect(try #require(ListenAddress(text)).isLoopback == isLoopback)
    }

    @Test(arguments: ["", "localhost", "127.0.0", "1.2.3.256", "[::1]", "::1 ", "fe80::1%lo"])
    func whatIsNoAddressIsRefused(text: String) {
        #expect(ListenAddress(text) == nil)
    }

    @Test(arguments: [("127.0.0.2", "http://127.0.0.2:"), ("::1", "http://[::1]:")])
    func itListensOnTheAddressThatItIsGivenAndNoOther(text: String, prefix: String) async throws {
        var configuration = EmulatorConfiguration.seeded()
        configuration.address = try #require(ListenAddress(text))
        let emulator = try await Emulator.start(configuration)
        #expect(emulator.url == "\(prefix)\(emulator.port)")
        let connection = try HTTPConnection(host: text, port: emulator.port)
        let answer = try await connection.send("GET", "/v1/customers", headers: ["Authorization": "Bearer emulator"])
        #expect(answer.status == 200)
        #expect(throws: HTTPConnection.ConnectionLost.self) { try HTTPConnection(port: emulator.port) }
    }

    @Test func anAddressOfAnotherMachineIsAnErrorThatNamesIt() async throws {
        var configuration = EmulatorConfiguration.seeded()
        // Kept for examples in texts: no machine has it.
        configuration.address = try #require(ListenAddress("192.0.2.1"))
        let error = await #expect(throws: EmulatorError.self) { try await Emulator.start(configuration) }
        #expect(error?.message.contains("192.0.2.1") == true && error?.message.contains("--listen") == true)
    }

    @Test(arguments: [("0.0.0.0", "http://0.0.0.0:", 1), ("127.0.0.3", "http://127.0.0.3:", 0)])
    func theProgramWarnsWhereOthersCanListen(text: String, prefix: String, warnings: Int) throws {
        let folder = try TemporaryFolder()
        let process = try PurserProcess(["emulator", "--listen", text], in: folder.path)
        #expect(process.firstLine().hasPrefix("listening on \(prefix)"))
        process.signal(2)
        let result = process.wait()
        #expect(result.exitCode == 0)
        #expect(result.errorLines.filter { $0.contains("plain text") }.count == warnings)
    }

    @Test func theProgramRefusesANameToListenOn() throws {
        let folder = try TemporaryFolder()
        let result = try PurserProcess.run(["emulator", "--listen", "localhost"], in: folder.path)
        #expect(result.exitCode == 64 && result.errors.contains("not 'localhost'"))
    }
}
