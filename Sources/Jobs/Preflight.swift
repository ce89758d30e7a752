internal import Onboarding
internal import PartnerCenter
internal import PartnerCenterClient

/// Asks the service about rows before they are sent, a bounded number of questions at a time.
actor Preflight {
    private let service: any PreflightService
    private let width: Int
    private let isStrict: Bool
    /// What the service says of each country; asked once.
    private var countries: [String: Task<CountryValidationRules?, Never>] = [:]

    /// Makes a preflight.
    ///
    /// - Parameters:
    ///   - service: who is asked.
    ///   - maxInFlight: how many rows are asked about at once; the service's own gate bounds the requests.
    ///   - isStrict: whether a warning counts as an error.
    init(_ service: any PreflightService, maxInFlight: Int, isStrict: Bool) {
        self.service = service
        width = maxInFlight
        self.isStrict = isStrict
    }

    /// Asks about some rows of one manifest.
    ///
    /// - Parameters:
    ///   - payloads: the rows' requests; nil for a row that the service is not asked about.
    ///   - preparer: knows what the manifest calls its columns.
    /// - Returns: what is found of each row, in the same order.
    func findings(of payloads: [[UInt8]?], in preparer: RowPreparer) async -> [[Finding]] {
        var findings = [[Finding]](repeating: [], count: payloads.count)
        var rest = payloads.indices.lazy.compactMap { index in payloads[index].map { (index, $0) } }.makeIterator()
        await withTaskGroup(of: (Int, [Finding]).self) { group in
            for _ in 0..<width {
                guard let (index, payload) = rest.next() else { break }
                group.addTask { (index, await self.findings(of: payload, preparer)) }
            }
            while let (index, found) = await group.next() {
                findings[index] = found
                guard let (index, payload) = rest.next() else { continue }
                group.addTask { (index, await self.findings(of: payload, preparer)) }
            }
        }
        return findings
    }

    private func findings(of payload: [UInt8], _ preparer: RowPreparer) async -> [Finding] {
        let customer: Customer
        do {
            customer = try JSONWire.decode(Customer.self, from: payload)
        } catch {
            return []  // A payload that Purser wrote can be read; were it not, the service would say so.
        }
        let judgement = PreflightJudgement(customer: customer, preparer: preparer, isStrict: isStrict)
        var findings: [Finding] = []
        if let domain = judgement.domain, await service.isTaken(domain: domain) == true {
            findings.append(judgement.domainTaken)
        }
        if let address = customer.billingProfile?.defaultAddress {
            if let country = address.country, let rules = await rules(of: country) {
                findings += judgement.findings(by: rules)
            }
            if let validation = await service.validation(of: address) { findings += judgement.findings(of: validation) }
        }
        return findings
    }

    private func rules(of country: String) async -> CountryValidationRules? {
        let task = countries[country] ?? Task { [service] in await service.validationRules(of: country) }
        countries[country] = task
        return await task.value
    }
}
