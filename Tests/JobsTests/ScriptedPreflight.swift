import PartnerCenter
import PartnerCenterClient
import Synchronization

/// A service that is asked before rows are sent, and answers as the test says.
final class ScriptedPreflight: PreflightService {
    private struct State {
        var domains: [String] = []
        var countries: [String] = []
        var underWay = 0
        var peak = 0
    }

    private let taken: Set<String>
    private let unverified: Set<String>
    private let states: [String]
    private let silent: Set<String>
    private let state = Mutex(State())

    /// Makes a service.
    ///
    /// - Parameters:
    ///   - taken: the domains that somebody has.
    ///   - unverified: the cities whose addresses it can't verify.
    ///   - states: the states that it lists for every country.
    ///   - silent: the domains and countries that it can't be asked about.
    init(
        taken: Set<String> = [],
        unverified: Set<String> = [],
        states: [String] = [],
        silent: Set<String> = []
    ) {
        self.taken = taken
        self.unverified = unverified
        self.states = states
        self.silent = silent
    }

    /// The domains that were asked about.
    var domains: [String] { state.withLock { $0.domains } }
    var countries: [String] { state.withLock { $0.countries } }
    /// The most domains that were asked about at once.
    var peak: Int { state.withLock { $0.peak } }

    func isTaken(domain: String) async throws(ServiceError) -> Bool? {
        try checkSilence(domain)
        state.withLock { state in
            state.domains.append(domain)
            state.underWay += 1
            state.peak = max(state.peak, state.underWay)
        }
        await Task.yield()
        state.withLock { $0.underWay -= 1 }
        return taken.contains(domain)
    }

    func validation(of address: Address) async throws(ServiceError) -> AddressValidation? {
        var validation = AddressValidation()
        validation.status = unverified.contains(address.city ?? "") ? "InteractionRequired" : "Verified"
        return validation
    }

    func validationRules(of country: String) async throws(ServiceError) -> CountryValidationRules? {
        state.withLock { $0.countries.append(country) }
        try checkSilence(country)
        var rules = CountryValidationRules()
        rules.supportedStatesList = states
        return rules
    }

    private func checkSilence(_ name: String) throws(ServiceError) {
        if silent.contains(name) { throw ServiceError(.unavailable, message: "\(name): no answer") }
    }
}
