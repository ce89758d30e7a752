internal import HTTP
package import PartnerCenter
internal import Platform

/// What can be asked of the service about a customer before it is created.
///
/// The answers are advice, since the service may change its mind before the create; where one tells nothing, it is nil.
package protocol PreflightService: Sendable {
    /// Whether a tenant has a domain.
    ///
    /// - Parameter domain: the domain, in A-label form.
    /// - Returns: false only where the service knows no such domain.
    /// - Throws: `ServiceError` where the service can't be asked.
    func isTaken(domain: String) async throws(ServiceError) -> Bool?

    /// What the service finds of an address.
    ///
    /// - Parameter address: the address.
    /// - Returns: its status, and what it may have been meant as.
    /// - Throws: `ServiceError` where the service can't be asked.
    func validation(of address: Address) async throws(ServiceError) -> AddressValidation?

    /// What the service asks of the addresses and companies of a country.
    ///
    /// - Parameter country: ISO 3166-1 alpha-2.
    /// - Returns: the country's rules.
    /// - Throws: `ServiceError` where the service can't be asked.
    func validationRules(of country: String) async throws(ServiceError) -> CountryValidationRules?
}

extension PartnerCenterClient: PreflightService {
    package func isTaken(domain: String) async throws(ServiceError) -> Bool? {
        let url = connection.settings.address.domain(domain)
        let attempt = try await PreflightOperation(connection).run("HEAD", url) { _ in true }
        switch attempt.outcome {
        case .done: return true
        case .refused where attempt.status == 404: return false
        default: return nil  // A refusal is no sign that the domain is free.
        }
    }

    package func validation(of address: Address) async throws(ServiceError) -> AddressValidation? {
        let body: [UInt8]
        do {
            body = try connection.settings.wire.body(JSONWire.encode(address), root: "Address")
        } catch {
            return nil  // Texts can always be written.
        }
        let url = connection.settings.address.addressValidation
        let attempt = try await PreflightOperation(connection).run("POST", url, body: body) { response in
            // Before 2021 a good address had an empty answer.
            response.body.isEmpty ? AddressValidation() : WireAnswer.decode(AddressValidation.self, response)
        }
        switch attempt.outcome {
        case .done(let validation): return validation
        case .refused(let fault) where fault.code == "2007":
            // And this was its answer to a bad one.
            var validation = AddressValidation()
            validation.status = "InteractionRequired"
            validation.validationMessage = fault.message
            return validation
        default: return nil
        }
    }

    package func validationRules(of country: String) async throws(ServiceError) -> CountryValidationRules? {
        let url = connection.settings.address.countryValidationRules(country)
        let attempt = try await PreflightOperation(connection).run("GET", url) { response in
            WireAnswer.decode(CountryValidationRules.self, response)
        }
        if case .done(let rules) = attempt.outcome { return rules }
        return nil
    }
}

/// One question before a create, at the pace of all requests.
struct PreflightOperation: Sendable {
    private let connection: ServiceConnection

    /// Advice is not worth the patience that a create is.
    private static let mostAttempts = 3

    init(_ connection: ServiceConnection) {
        self.connection = connection
    }

    /// Asks, and asks again where the service had no time.
    ///
    /// - Parameters:
    ///   - method: the method.
    ///   - url: what is asked.
    ///   - body: what is sent along.
    ///   - read: reads the answer.
    /// - Returns: the attempt that was answered with a yes or a no.
    /// - Throws: `ServiceError` where there is no answer, or the service lets nobody ask.
    func run<Value: Sendable>(
        _ method: String,
        _ url: String,
        body: [UInt8] = [],
        read: @Sendable (HTTPResponse) -> Value?
    ) async throws(ServiceError) -> Attempt<Value> {
        let id = connection.random.uuid()
        let call = ServiceCall(method: method, url: url, requestId: id, trace: connection.sharedTrace, body: body)
        let most = min(connection.settings.attempts, Self.mostAttempts)
        let attempt = await connection.repeated(call, atMost: most, read: read)
        if let attempt {
            switch attempt.outcome {
            case .done: return attempt
            case .refused where attempt.status != 403: return attempt
            case .refused, .open, .cancelled, .notSent: break
            }
        }
        throw connection.error(of: attempt, url, atMost: most)
    }
}
