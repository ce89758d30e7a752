package import HTTP
internal import PartnerCenter
package import Platform
package import Telemetry

/// Talks to Partner Center, or to anything that behaves like it.
package struct PartnerCenterClient: CustomerService {
    /// What can be set.
    package struct Settings: Hashable, Sendable {
        /// Where the service is.
        let address: ServiceAddress
        /// The `MS-CorrelationId` of the run.
        let correlationId: String
        /// Purser's version, for the `User-Agent`.
        let version: String
        /// The longest that one request may take, connection included.
        package var timeout: Duration = .seconds(180)
        /// The most attempts for one operation.
        package var attempts = 6
        /// The most requests under way at once.
        package var maximumInFlight = 8
        /// The most requests in a minute; 0 is no limit.
        package var requestsPerMinute = 500
        /// How long the service may fail with no success in between.
        package var giveUpAfter: Duration = .seconds(300)
        /// How long a customer may exist before the service's list shows it.
        package var visibleWithin: Duration = .seconds(120)
        /// The form of request bodies; the keys are made from the canonical JSON in any case.
        package var wire = WireForm.json
        /// Whether a create asks for a token with which later reads of the customer see it at once.
        package var asksForConsistencyToken = false

        /// Makes settings for a run.
        ///
        /// - Parameters:
        ///   - endpoint: the service's base URL, without the version.
        ///   - apiVersion: the version segment: `v1`.
        ///   - correlationId: the run's identifier, a UUID.
        ///   - version: Purser's version.
        package init(endpoint: String, apiVersion: String, correlationId: String, version: String) {
            address = ServiceAddress(endpoint: endpoint, apiVersion: apiVersion)
            self.correlationId = correlationId
            self.version = version
        }
    }

    /// What the client reaches the world through.
    package struct Ports: Sendable {
        package var transport: any HTTPTransport
        package var tokens: any TokenProvider
        package var logger: Logger
        package var clock: any Clock<Duration> = ContinuousClock()
        package var wallClock: @Sendable () -> Timestamp = Timestamp.now
        package var random: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()
        /// Knows the secrets that nothing may show; the same for all who share them.
        package var redactor = SecretRedactor()

        /// Makes ports with the system's clocks and random source.
        ///
        /// - Parameters:
        ///   - transport: sends the requests.
        ///   - tokens: gives the bearer tokens.
        ///   - logger: told of what matters to an operator; never of a secret.
        package init(transport: any HTTPTransport, tokens: any TokenProvider, logger: Logger) {
            self.transport = transport
            self.tokens = tokens
            self.logger = logger
        }
    }

    let connection: ServiceConnection

    /// Makes a client; nothing is sent yet.
    ///
    /// - Parameters:
    ///   - settings: what can be set.
    ///   - ports: what the client reaches the world through.
    package init(_ settings: Settings, _ ports: Ports) {
        connection = ServiceConnection(settings, ports)
    }

    package var executor: (any TaskExecutor)? { connection.executor }

    package func create(
        _ order: CreateOrder,
        onAttempt: @Sendable (ServiceAttempt) async -> Void
    ) async -> CreateResult {
        var operation = CreateOperation(connection, order)
        return await operation.run(onAttempt)
    }

    package func close() {
        connection.close(ServiceClosure(.stopped, message: "the run is being stopped"))
    }

    package func closure() -> ServiceError? { connection.closure }

    package func counts() -> ServiceCounts { connection.counts }
}
