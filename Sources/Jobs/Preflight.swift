internal import Onboarding
internal import PartnerCenter
internal import PartnerCenterClient

/// Asks the service about rows before they are sent, a bounded number of questions at a time.
actor Preflight {
    private let service: any PreflightService
    private let width: Int
    private let isStrict: Bool
    /// What the service says of each country; asked once.
    private var countries: [String: Task<Result<CountryValidationRules?, ServiceError>, Never>] = [:]
    private var silence: Silence?

    /// What the service could not be asked.
    struct Silence: Sendable {
        /// How many rows something was left open about.
        var rows: Int
        /// Why, the first time.
        let reason: ServiceError
    }

    /// What the service said of one row.
    private struct Answers: Sendable {
        var findings: [Finding] = []
        /// Why it could not be asked something, where it could not.
        var failure: ServiceError?

        /// Takes an answer.
        mutating func take<Answer>(_ result: Result<Answer?, ServiceError>) -> Answer? {
            switch result {
            case .success(let answer): return answer
            case .failure(let error):
                failure = failure ?? error
                return nil
            }
        }
    }

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
        await withTaskGroup(of: (Int, Answers).self) { group in
            for _ in 0..<width {
                guard let (index, payload) = rest.next() else { break }
                group.addTask { (index, await self.answers(of: payload, preparer)) }
            }
            while let (index, answers) = await group.next() {
                findings[index] = answers.findings
                if let error = answers.failure { note(error) }
                guard let (index, payload) = rest.next() else { continue }
                group.addTask { (index, await self.answers(of: payload, preparer)) }
            }
        }
        return findings
    }

    /// What it could not be asked since this was called before.
    ///
    /// - Returns: how many rows that is about, and why; nil where it was asked all.
    func takeSilence() -> Silence? { silence.take() }

    private func note(_ error: ServiceError) {
        silence = silence ?? Silence(rows: 0, reason: error)
        silence?.rows += 1
    }

    private func answers(of payload: [UInt8], _ preparer: RowPreparer) async -> Answers {
        var answers = Answers()
        let customer: Customer
        do {
            customer = try JSONWire.decode(Customer.self, from: payload)
        } catch {
            return answers  // A payload that Purser wrote can be read; were it not, the service would say so.
        }
        let judgement = PreflightJudgement(customer: customer, preparer: preparer, isStrict: isStrict)
        if let domain = judgement.domain, answers.take(await isTaken(domain)) == true {
            answers.findings.append(judgement.domainTaken)
        }
        if let address = customer.billingProfile?.defaultAddress {
            if let country = address.country, let rules = answers.take(await rules(of: country)) {
                answers.findings += judgement.findings(by: rules)
            }
            if let validation = answers.take(await validation(of: address)) {
                answers.findings += judgement.findings(of: validation)
            }
        }
        return answers
    }

    private func isTaken(_ domain: String) async -> Result<Bool?, ServiceError> {
        do { return .success(try await service.isTaken(domain: domain)) } catch { return .failure(error) }
    }

    private func validation(of address: Address) async -> Result<AddressValidation?, ServiceError> {
        do { return .success(try await service.validation(of: address)) } catch { return .failure(error) }
    }

    private func rules(of country: String) async -> Result<CountryValidationRules?, ServiceError> {
        let task = countries[country] ?? Task { await askedRules(of: country) }
        countries[country] = task
        return await task.value
    }

    private func askedRules(of country: String) async -> Result<CountryValidationRules?, ServiceError> {
        do { return .success(try await service.validationRules(of: country)) } catch { return .failure(error) }
    }
}
