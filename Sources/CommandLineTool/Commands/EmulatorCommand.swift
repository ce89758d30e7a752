internal import Emulator
internal import Jobs
internal import Platform

/// `purser emulator`: runs a local Partner Center.
struct EmulatorCommand: Command {
    static let specification = CommandSpecification(
        name: "emulator",
        summary: "Run a local Partner Center to try things out on.",
        discussion: """
            It prints its address and serves this machine until it is stopped (Ctrl-C).
            """,
        options: [
            Option("port", "N", "the port to listen on; 0 is any", standard: "0"),
            Option("store", "FILE", "where its customers are kept", standard: "memory"),
            Option("token", "T", "the bearer token it takes", standard: "emulator"),
        ]
    )

    let arguments: Arguments

    func run(_ console: Console) async throws -> ExitCode {
        let port = try arguments.integer("port", in: 0...65535) ?? 0
        let stop = StopRequest()
        let signals = Signals(stop: stop)
        let configuration = EmulatorConfiguration(
            store: arguments.value("store").map { .file($0) } ?? .memory,
            port: UInt16(port),
            tokens: [Secret(arguments.value("token") ?? "emulator")]
        )
        let emulator = try await Emulator.start(configuration)
        console.print("listening on \(emulator.url)")
        for await _ in stop.requests { break }
        await emulator.stop()
        withExtendedLifetime(signals) {}
        return .success
    }
}
