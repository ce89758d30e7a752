/// Compares what the service holds with what Purser reported.
struct Audit: Sendable {
    let manifest: TestManifest
    /// The rows that were corrected through the corrections file.
    let corrected: [TestManifest.Row]
    /// Whether every password must be on file.
    let needsEveryPassword: Bool
    let evidence: Evidence

    /// Finds what is wrong.
    ///
    /// - Returns: the findings; none where every promise was kept.
    func findings() -> Findings {
        var findings = Findings()
        let owners = Dictionary(
            manifest.domains.flatMap { name, domains in domains.map { ($0, name) } },
            uniquingKeysWith: { first, _ in first }
        )
        let customers = Dictionary(grouping: evidence.customers) { owners[$0.domain] ?? "" }
        for stranger in customers[""] ?? [] { findings.others.append("no row asked for customer \(stranger.domain)") }
        let isCorrected = Set(corrected.filter { $0.kind == .faulty }.map(\.name))
        let results = Dictionary(grouping: zip(manifest.rows, evidence.results).map { $0 }) { $0.0.customer }
        checkOrder(&findings)
        for name in Set(manifest.rows.map(\.customer)).sorted() {
            let held = customers[name] ?? []
            if held.count > 1 {
                findings.duplicates.append("\(name) has \(held.count) customers: \(held.map(\.id))")
            }
            let rows = results[name] ?? []
            if rows.first?.0.kind == .faulty {
                checkFaulty(name, rows.map(\.1), held.first, isCorrected.contains(name), &findings)
            } else {
                check(name, rows.map(\.1), held.first, &findings)
            }
        }
        checkPasswords(&findings)
        return findings
    }

    /// Every row of a manifest has one line of its results, in the manifest's order.
    private func checkOrder(_ findings: inout Findings) {
        for (rows, results) in [(manifest.rows, evidence.results), (corrected, evidence.corrected)] {
            if rows.count != results.count {
                findings.lostRows.append("\(rows.count) rows have \(results.count) results")
            }
            for (row, result) in zip(rows, results) where row.name != result.name {
                findings.lostRows.append("the results have \(result.name) in the place of \(row.name)")
            }
        }
    }

    /// One of the rows of a customer is the one that it was created from; the others are duplicates.
    private func check(
        _ name: String,
        _ results: [Evidence.Result],
        _ customer: Evidence.Customer?,
        _ findings: inout Findings
    ) {
        let settled = results.filter { $0.status != "duplicate" }
        guard let customer else {
            return findings.lostRows.append("\(name) has no customer; its results say \(results.map(\.status))")
        }
        guard settled.count == 1, let result = settled.first else {
            return findings.lostRows.append("\(name) is settled \(settled.count) times: \(results.map(\.status))")
        }
        let isRight = ["created", "unchanged"].contains(result.status)
        if !isRight, result.status != "conflict" || !manifest.edited.contains(name) {
            findings.lostRows.append("\(result.name) is \(result.status), but customer \(customer.id) exists")
        }
        if isRight, result.customerId != customer.id {
            findings.lostRows.append("\(result.name) is said to be \(result.customerId), but is \(customer.id)")
        }
        // Among the corrections, a copy may be alone: then it is the customer's row.
        for (row, result) in zip(corrected, evidence.corrected) where row.customer == name {
            let isOwn = ["created", "unchanged"].contains(result.status) && result.customerId == customer.id
            guard !isOwn, result.status != "duplicate" else { continue }
            findings.lostRows.append("\(row.name) is \(result.status) \(result.customerId) in the corrections")
        }
    }

    /// A row at fault stays so; corrected, it is created.
    private func checkFaulty(
        _ name: String,
        _ results: [Evidence.Result],
        _ customer: Evidence.Customer?,
        _ isCorrected: Bool,
        _ findings: inout Findings
    ) {
        for result in results where result.status != "invalid" {
            findings.lostRows.append("\(name) is \(result.status), not invalid")
        }
        guard isCorrected else {
            if let customer { findings.others.append("\(name) is invalid, but customer \(customer.id) was created") }
            return
        }
        let result = evidence.corrected.first { $0.name == name }
        guard let customer, let result, ["created", "unchanged"].contains(result.status),
            result.customerId == customer.id
        else {
            let report = result.map { "\($0.status) \($0.customerId)" } ?? "nothing"
            return findings.lostRows.append("\(name), corrected: reported \(report), held \(customer?.id ?? "nothing")")
        }
    }

    private func checkPasswords(_ findings: inout Findings) {
        let lines = Dictionary(grouping: evidence.credentials) { $0.customerId }
        let held = Set(evidence.customers.map(\.id))
        for id in lines.keys.sorted() where !held.contains(id) {
            findings.others.append("the credentials file has a customer that the service has not: \(id)")
        }
        for customer in evidence.customers {
            let found = lines[customer.id] ?? []
            if found.isEmpty, needsEveryPassword {
                findings.lostPasswords.append("the password of \(customer.domain) is not on file")
            }
            if found.count > 1 {
                findings.lostPasswords.append("the password of \(customer.domain) is on file \(found.count) times")
            }
            if let right = evidence.passwords[customer.id], let line = found.first, line.password != right {
                findings.lostPasswords.append("the password of \(customer.domain) on file is not the service's")
            }
        }
    }
}
