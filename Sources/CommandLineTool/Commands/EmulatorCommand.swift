internal import Emulator
internal import Jobs
internal import Platform

/// `purser emulator`: runs a local Partner Center.
struct EmulatorCommand: Command {
    static let specification = CommandSpecification(
        name: "emulator",
        summary: "Run a local Partner Center to try things out on.",
        discussion: """
            It prints its address and serves until it is stopped (Ctrl-C). It also issues tokens, under
            /TENANT/oauth2/token and /TENANT/oauth2/v2.0/token: --token is the client secret, and a first refresh token.
            It speaks plain HTTP: with --listen other machines can reach it, and whoever is between reads the tokens.
            """,
        options: [
            Option("port", "N", "the port to listen on; 0 is any", standard: "0"),
            Option("listen", "ADDRESS", "the IPv4 or IPv6 address to listen on", standard: "127.0.0.1"),
            Option("store", "FILE", "where its customers are kept", standard: "memory"),
            Option("token", "T", "the bearer token it takes", standard: "emulator"),
            Option("scenario", "FILE", "what goes wrong on purpose; samples/scenarios has examples"),
            Option("sandbox", nil, "be a sandbox: 75 customers, which can be deleted"),
            Option("control", nil, "let the scenario be set and the store be read under /control"),
        ]
    )

    let arguments: Arguments

    func run(_ console: Console) async throws -> ExitCode {
        let port = try arguments.integer("port", in: 0...65535) ?? 0
        let address = try address()
        let stop = StopRequest()
        let signals = Signals(stop: stop)
        var configuration = EmulatorConfiguration(
            store: arguments.value("store").map { .file($0) } ?? .memory,
            port: UInt16(port),
            tokens: [Secret(arguments.value("token") ?? "emulator")]
        )
        configuration.address = address
        if let path = arguments.value("scenario") { configuration.scenario = PlannedFaults(try Self.plan(path)) }
        configuration.isSandbox = arguments.flag("sandbox")
        configuration.hasControl = arguments.flag("control")
        let emulator = try await Emulator.start(configuration)
        if !address.isLoopback {
            console.report(
                "warning: \(address.text) is not a loopback address: tokens and one-time passwords travel in plain text; "
                    + "use it on a network that you trust, with a --token of its own"
            )
        }
        console.print("listening on \(emulator.url)")
        for await _ in stop.requests { break }
        await emulator.stop()
        withExtendedLifetime(signals) {}
        return .success
    }

    private func address() throws(UsageError) -> ListenAddress {
        guard let text = arguments.value("listen") else { return .loopback }
        guard let address = ListenAddress(text) else {
            throw UsageError("--listen takes an IPv4 or IPv6 address, such as 127.0.0.1 or ::1, not '\(text)'")
        }
        return address
    }

    /// Larger than any scenario that a person writes.
    private static let scenarioLimit = 1 << 20

    private static func plan(_ path: String) throws -> FaultPlan {
        let bytes: [UInt8]
        do throws(SystemError) {
            let file = try File(path, .read)
            bytes = try file.read(atMost: scenarioLimit)
        } catch {
            throw InputError(description: "\(error); give a file that holds a scenario", isConfiguration: false)
        }
        return try ScenarioFile.read(bytes, path: path)
    }
}
