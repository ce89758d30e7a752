package import Platform

/// How a local Partner Center is set up.
package struct EmulatorConfiguration: Sendable {
    /// Where the customers are kept.
    package enum Store: Hashable, Sendable {
        /// For as long as it runs.
        case memory
        /// In a SQLite file, made if missing.
        case file(String)
    }

    package var store: Store
    /// The address to listen on; tokens travel to it in plain text.
    package var address = ListenAddress.loopback
    /// The port on that address; 0 takes any that is free.
    package var port: UInt16
    /// The bearer tokens that it accepts; they are also the client secrets, and the refresh tokens to begin with.
    package var tokens: [Secret]
    /// What goes wrong on purpose.
    package var scenario: any Scenario
    /// Where identifiers and passwords come from.
    package var random: RandomSource
    /// The present time.
    package var now: @Sendable () -> Timestamp = { .now() }
    /// Whether the partner is a sandbox: customers can be deleted, and there may be 75 of them.
    package var isSandbox = false
    /// Whether the scenario can be set and the store be read under `/control`.
    package var hasControl = false
    /// Whether a registration number is refused where the country asks for none (code 600002).
    package var refusesNeedlessRegistrationNumber = true
    /// The largest request body in bytes; a larger one is answered with 413.
    package var bodyLimit = 1 << 20
    /// How many bytes of bodies are held at once; a request beyond that is answered with 503.
    package var heldBodiesLimit = 64 << 20
    /// The most connections that are open at once.
    package var connectionLimit: UInt32 = 4096
    /// After how many silent seconds a connection is closed.
    package var timeoutSeconds: UInt32 = 60

    /// Sets a local Partner Center up.
    ///
    /// - Parameters:
    ///   - store: where the customers are kept.
    ///   - port: the port to listen on; 0 takes any that is free.
    ///   - tokens: the bearer tokens that it accepts.
    ///   - scenario: what goes wrong on purpose.
    ///   - random: where identifiers and passwords come from.
    package init(
        store: Store = .memory,
        port: UInt16 = 0,
        tokens: [Secret] = [Secret("emulator")],
        scenario: any Scenario = NoFaults(),
        random: RandomSource = RandomSource(BufferedGenerator())
    ) {
        self.store = store
        self.port = port
        self.tokens = tokens
        self.scenario = scenario
        self.random = random
    }
}
