internal import Checkpoint
internal import Emulator
internal import FoundationEssentials
internal import HTTP
internal import PartnerCenterClient
internal import Platform
internal import Telemetry

/// How a command reaches the service: the options, and what they come to.
struct ServiceOptions: Sendable {
    typealias Option = CommandSpecification.Option

    static let specification = [
        Option("endpoint", "URL", "the service's base URL; embedded: one beside the checkpoint", standard: "embedded"),
        Option("api-version", "V", "the version segment of the service's addresses", standard: "v1"),
        Option("token-file", "FILE", "the bearer token; read again when it is refused", standard: "env PURSER_TOKEN"),
        Option("max-in-flight", "N", "most requests under way at once, 1 to 1024", standard: "8"),
        Option("requests-per-minute", "N", "the throttle to stay under; 0 is none", standard: "500; embedded: none"),
        Option("attempts", "N", "most attempts for one request in one run, 1 to 100", standard: "6"),
        Option("timeout", "SECONDS", "how long one request may take, connection included", standard: "180"),
        Option("give-up-after", "DURATION", "end with exit 69 after so long without a success", standard: "5m"),
        Option("wire", "json|xml", "the media type of what is sent, and of what is asked for", standard: "json"),
        Option("ca-file", "FILE", "certificate authorities to trust, as PEM", standard: "the system's"),
        Option("log-format", "text|json", "how log lines are written to standard error", standard: "text"),
        Option("log-level", "LEVEL", "the least that is logged: debug, info, warning, error", standard: "info"),
    ]

    /// For what creates customers: the rest has nothing to ask a token for.
    static let consistencyToken = Option(
        "consistency-token",
        nil,
        "ask for a token with each new customer, so that looking it up sees it at once"
    )

    /// For what looks new customers up.
    static let visibleWithin = Option(
        "visible-within",
        "DURATION",
        "how late the service may show a new customer",
        standard: "2m"
    )

    /// For what reads nothing from a checkpoint: only the embedded service is found by it.
    static let besides = Option(
        "checkpoint",
        "FILE",
        "the checkpoint that the embedded service stands beside",
        standard: CommonOptions.checkpoint.standard
    )

    /// What `--give-up-after` counts, for the help of the commands that have it.
    static let health = """
        --give-up-after counts the time for which requests fail with no success in between. A success is any answer
        that shows the service at work, a refusal included. The time that it asks to wait (429 or 503 with Retry-After)
        does not count, and a request under way is waited for, up to --timeout. While a service is away that was there
        before, or fails one create after the other, --attempts does not count; one that was not there from the first
        request on is given up within a minute.
        """

    /// What `--visible-within` is for.
    static let settling = """
        A customer that may have been created, and can't be found, is looked for until --visible-within is over. Set it
        no shorter than the service needs: a row that is settled too early may get a second customer once it is corrected.
        """

    /// The word for a service that is started beside the checkpoint.
    static let embedded = "embedded"

    /// The base URL that the keys are made from.
    let identity: String
    let apiVersion: String
    /// Whether the embedded service is to be started.
    private let isEmbedded: Bool
    private let tokens: TokenSource
    private let maxInFlight: Int
    private let requestsPerMinute: Int
    private let attempts: Int
    private let timeout: Duration
    private let giveUpAfter: Duration
    /// How late the service may show a new customer.
    let visibleWithin: Duration
    private let asksForConsistencyToken: Bool
    private let wire: WireForm
    /// The certificate authorities to trust; nil for the system's.
    private let caFile: String?
    private let logger: Logger

    /// Reads the options.
    ///
    /// - Parameters:
    ///   - arguments: the command's arguments.
    ///   - isRehearsal: whether nothing will be sent, so that neither a token nor a service is needed.
    /// - Throws: `UsageError` where one is wrong, `InputError` where the token or the CA file can't be opened.
    init(_ arguments: Arguments, isRehearsal: Bool = false) throws {
        let endpoint = arguments.value("endpoint") ?? Self.embedded
        let isNamed = endpoint != Self.embedded
        isEmbedded = !isNamed && !isRehearsal
        identity = isNamed ? try Self.baseURL(endpoint) : "http://embedded"
        apiVersion = try Self.segment(arguments.value("api-version") ?? "v1")
        tokens = isNamed && !isRehearsal ? try Self.tokens(arguments) : .token(Self.randomToken())
        maxInFlight = try Self.maxInFlight(arguments)
        requestsPerMinute =
            try arguments.integer("requests-per-minute", in: 0...1_000_000) ?? (isNamed ? 500 : 0)
        wire = try arguments.choice("wire", WireForm.self) ?? .json
        caFile = try Self.caFile(arguments)
        attempts = try arguments.integer("attempts", in: 1...100) ?? 6
        timeout = try arguments.duration("timeout", plainSeconds: true) ?? .seconds(180)
        giveUpAfter = try arguments.duration("give-up-after") ?? .seconds(300)
        visibleWithin = try arguments.duration("visible-within") ?? .seconds(120)
        asksForConsistencyToken = arguments.flag(Self.consistencyToken.name)
        let format = try arguments.choice("log-format", StandardErrorLog.Format.self) ?? .text
        let level = try arguments.choice("log-level", Logger.Level.self) ?? .info
        logger = Logger(level: level, sink: StandardErrorLog(format: format))
    }

    /// The most requests under way at once.
    static func maxInFlight(_ arguments: Arguments) throws(UsageError) -> Int {
        try arguments.integer("max-in-flight", in: 1...1024) ?? 8
    }

    /// Who asks which service, for what goes on with what an earlier command has fetched.
    ///
    /// - Parameter checkpoint: the checkpoint's path, which the embedded service is known by.
    /// - Returns: a text that holds no secret.
    /// - Throws: `ServiceError` where a token that is needed for it can't be had.
    func account(checkpoint: String) async throws -> String {
        isEmbedded ? "embedded beside \(Folder.absolute(checkpoint))" : try await tokens.account()
    }

    /// Connects to the service; the embedded one is started, with its data beside the checkpoint.
    ///
    /// - Parameters:
    ///   - checkpoint: the checkpoint's path.
    ///   - isRehearsal: whether the embedded one is to leave no data where there is none yet.
    /// - Returns: the connection, to be closed.
    /// - Throws: `EmulatorError` where the embedded one can't be started, `TransportError` where libcurl can't.
    func connect(checkpoint: String, isRehearsal: Bool = false) async throws -> ConnectedService {
        var transportOptions = CurlTransport.Options()
        transportOptions.caFile = caFile
        let transport = try CurlTransport(transportOptions)
        let redactor = SecretRedactor()
        redactor.learnProxies(of: ProcessInfo.processInfo.environment)
        let id = UUID().uuidString.lowercased()
        let logger = logger.adding("run", id)
        let provider = try tokens.provider(transport: transport, logger: logger, redactor: redactor)
        let store = CommonOptions.embeddedStore(of: checkpoint)
        let emulator = isEmbedded ? try await startEmulator(store, provider, isRehearsal) : nil
        let startedAt = Timestamp.now()
        var settings = PartnerCenterClient.Settings(
            endpoint: emulator?.url ?? identity,
            apiVersion: apiVersion,
            correlationId: id,
            version: CommandLineTool.version
        )
        settings.timeout = timeout
        settings.attempts = attempts
        settings.maximumInFlight = maxInFlight
        settings.requestsPerMinute = requestsPerMinute
        settings.giveUpAfter = giveUpAfter
        settings.visibleWithin = visibleWithin
        settings.wire = wire
        settings.asksForConsistencyToken = asksForConsistencyToken
        var ports = PartnerCenterClient.Ports(transport: transport, tokens: provider, logger: logger)
        ports.redactor = redactor
        return ConnectedService(
            client: PartnerCenterClient(settings, ports),
            run: Run(id: id, startedAt: startedAt, endpoint: identity, apiVersion: apiVersion, retriesRejected: false),
            transport: transport,
            emulator: emulator,
            logger: logger
        )
    }

    private func startEmulator(
        _ path: String,
        _ provider: any TokenProvider,
        _ isRehearsal: Bool
    ) async throws -> Emulator {
        let store: EmulatorConfiguration.Store = isRehearsal && !Folder.isRegularFile(path) ? .memory : .file(path)
        let token = try await provider.fetch().secret
        return try await Emulator.start(EmulatorConfiguration(store: store, tokens: [token]))
    }

    /// Nobody else on this machine may use the embedded service.
    private static func randomToken() -> Secret {
        Secret("\(UUID())\(UUID())")
    }

    /// The command line's way to a token, else the job's, else the environment's.
    private static func tokens(_ arguments: Arguments) throws -> TokenSource {
        let source = arguments.value("token-file").map { .file($0) } ?? arguments.job?.auth
        if let source {
            try source.check()
            return source
        }
        guard let token = ProcessInfo.processInfo.environment["PURSER_TOKEN"], !token.isEmpty else {
            throw UsageError("a bearer token is missing; set PURSER_TOKEN or give --token-file FILE")
        }
        return .token(Secret(token))
    }

    private static func caFile(_ arguments: Arguments) throws(InputError) -> String? {
        guard let path = arguments.value("ca-file") else { return nil }
        try CertificateFile.check(path)
        return path
    }

    /// Checks a base URL; the keys depend on it, so it is taken as it is but for slashes at its end.
    private static func baseURL(_ text: String) throws(UsageError) -> String {
        do {
            try CurlTransport.check(address: text)
        } catch {
            throw UsageError("--endpoint: \(error); give https://HOST, http://127.0.0.1:PORT or embedded")
        }
        guard !text.contains(where: { "?#@".contains($0) }) else {
            throw UsageError("--endpoint takes a base URL without a query, a user or a password")
        }
        let address = String(text.reversed().drop { $0 == "/" }.reversed())
        // The scheme and the host are the same in any case (RFC 3986, section 6.2.2.1), and keys are made of them.
        let path = address.dropFirst(8).firstIndex(of: "/") ?? address.endIndex
        return address[..<path].lowercased() + address[path...]
    }

    private static func segment(_ text: String) throws(UsageError) -> String {
        let isPlain = text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == ".") }
        guard isPlain, text.first != "." else {
            throw UsageError("--api-version takes a path segment such as v1, not '\(text)'")
        }
        return text
    }
}

/// A client with what it needs around it.
struct ConnectedService: Sendable {
    let client: PartnerCenterClient
    /// Names the run in every entry.
    let logger: Logger
    private let run: Run
    private let transport: CurlTransport
    private let emulator: Emulator?

    fileprivate init(
        client: PartnerCenterClient,
        run: Run,
        transport: CurlTransport,
        emulator: Emulator?,
        logger: Logger
    ) {
        self.client = client
        self.logger = logger
        self.run = run
        self.transport = transport
        self.emulator = emulator
    }

    /// The run that the client is for.
    ///
    /// - Parameter retriesRejected: whether rows that the service rejected in an earlier run are tried again.
    /// - Returns: what is known of it at its start.
    func run(retriesRejected: Bool) -> Run {
        var run = run
        run.retriesRejected = retriesRejected
        return run
    }

    /// Ends the connections, and the embedded service.
    func close() async {
        await transport.close()
        await emulator?.stop()
    }
}
