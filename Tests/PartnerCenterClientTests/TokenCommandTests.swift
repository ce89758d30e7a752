import Platform
import Telemetry
import TestSupport
import Testing

@testable import PartnerCenterClient

/// Tokens that a real program prints.
struct TokenCommandTests {
    private let log = MemoryLogSink()

    private func fetch(_ script: String, limit: Duration = .seconds(20)) async throws -> AccessToken {
        try await TokenCommand(
            Program(["sh", "-c", script], environment: ["PATH": "/usr/bin:/bin", "PURSER_CLIENT_SECRET": "s3cret"]),
            limit: limit,
            logger: Logger(level: .debug, sink: log)
        ).fetch()
    }

    private var written: String { log.entries.map(\.json).joined(separator: "\n") }

    @Test func whatTheProgramPrintsIsTheToken() async throws {
        #expect(try await fetch("echo t0ken").secret.reveal() == "t0ken")
        #expect(log.entries.isEmpty)
    }

    @Test func itsArgumentsReachItAsTheyAre() async throws {
        let program = Program(["/bin/echo", "$HOME;ls`id`"], environment: [:])
        #expect(try program.run(limit: .seconds(20)).output == Array("$HOME;ls`id`\n".utf8))
    }

    @Test func itsStandardErrorIsLoggedWithoutWhatIsSecret() async throws {
        let long = String(repeating: "Ab1", count: 20)
        _ = try await fetch("echo using s3cret >&2; echo got t0ken and \(long) and eyJ0.x.y >&2; echo t0ken")
        #expect(log.entries.map { $0["line"] } == ["using <secret>", "got <secret> and <secret> and <secret>"])
        #expect(log.entries.allSatisfy { $0.level == .info })
    }

    @Test(arguments: [
        ("echo no luck >&2; exit 3", "ended with status 3: no luck"), ("kill -9 $$", "was ended by signal 9"),
        ("true", "holds no token"), ("echo two tokens", "white space"),
    ])
    func aProgramThatGivesNoTokenIsNamed(script: String, words: String) async {
        let error = await #expect(throws: ServiceError.self) { try await fetch(script) }
        #expect(error?.kind == .unauthorized)
        #expect(error?.message.contains("the token command sh") == true)
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }

    @Test func aProgramThatIsNotThereIsNamed() async {
        let command = TokenCommand(
            Program(["/nowhere/get-token"], environment: [:]),
            limit: .seconds(20),
            logger: Logger(level: .debug, sink: log)
        )
        let error = await #expect(throws: ServiceError.self) { try await command.fetch() }
        #expect(error?.kind == .unauthorized)
        #expect(error?.message.hasPrefix("/nowhere/get-token: can't run it: No such file") == true)
    }

    @Test func aProgramThatTakesTooLongIsKilledWithAllThatItStarted() async {
        let began = ContinuousClock.now
        let error = await #expect(throws: ServiceError.self) {
            try await fetch("sleep 600 & sleep 600", limit: .milliseconds(300))
        }
        #expect(error?.kind == .unavailable)
        #expect(error?.message.contains("printed no token within") == true)
        #expect(ContinuousClock.now - began < .seconds(300))
    }

    @Test func whatTheProgramLeavesBehindIsNotWaitedFor() async throws {
        let began = ContinuousClock.now
        #expect(try await fetch("sleep 600 & echo t0ken").secret.reveal() == "t0ken")
        #expect(ContinuousClock.now - began < .seconds(300))
    }

    @Test func aStopEndsTheProgram() async throws {
        let began = ContinuousClock.now
        let fetching = Task { try await fetch("sleep 600") }
        fetching.cancel()
        let error = await #expect(throws: ServiceError.self) { try await fetching.value }
        #expect(error?.kind == .closed)
        #expect(ContinuousClock.now - began < .seconds(300))
    }

    @Test func moreThanATokensWorthOfOutputIsDroppedAndNotWaitedFor() async throws {
        let program = Program(["sh", "-c", "head -c 1000000 /dev/zero"], environment: ["PATH": "/usr/bin:/bin"])
        let outcome = try program.run(limit: .seconds(20))
        #expect(outcome.end == .exited(0))
        #expect(outcome.output.count == 1 << 16)
    }
}
