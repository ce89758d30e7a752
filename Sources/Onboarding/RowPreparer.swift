package import Manifests

/// Turns the records of one manifest into requests or findings.
///
/// It holds no state that changes, so several threads may share one.
package struct RowPreparer: Sendable {
    private let columns: ColumnMap
    private let settings: OnboardingSettings

    /// Reads a manifest's header.
    ///
    /// - Parameters:
    ///   - header: the titles as the manifest has them.
    ///   - path: the manifest's path, for errors.
    ///   - headerLine: the line where the header stands, from 1.
    ///   - settings: aliases, defaults and the domains' suffix.
    /// - Throws: `ManifestError` where a required column is missing, or a column stands there twice.
    package init(
        header: [String],
        path: String,
        headerLine: Int = 1,
        settings: OnboardingSettings = OnboardingSettings()
    ) throws(ManifestError) {
        columns = try ColumnMap(header: header, path: path, headerLine: headerLine, settings: settings)
        self.settings = settings
    }

    /// Reads the header of an open manifest.
    ///
    /// - Parameters:
    ///   - reader: the manifest.
    ///   - path: its path, for errors.
    ///   - settings: aliases, defaults and the domains' suffix.
    /// - Throws: `ManifestError` where a required column is missing, or a column stands there twice.
    package init(_ reader: any ManifestReader, path: String, settings: OnboardingSettings) throws(ManifestError) {
        try self.init(header: reader.header, path: path, headerLine: reader.headerLine, settings: settings)
    }

    /// What the header left to say: titles that no column has.
    package var notices: [ManifestNotice] { columns.notices }

    /// Maps, normalises and checks a record.
    ///
    /// - Parameter record: the record as read.
    /// - Returns: its request, or all that keeps it from being one.
    package func prepare(_ record: Record) -> PreparedRow {
        let row = CheckedRow(record, columns: columns, settings: settings)
        let isExisting = !row[.customerId].isEmpty
        var findings = findings(
            of: isExisting ? Rule.ofExistingCustomers : Rule.all,
            in: row,
            record: record,
            faults: isExisting ? .warning : .error
        )
        if findings.count > 1 { sort(&findings) }
        return PreparedRow(
            domain: row[.domain],
            companyName: row[.companyName],
            identity: identity(of: row),
            findings: findings.map(\.finding),
            verdict: verdict(of: row, isExisting: isExisting, findings: findings)
        )
    }

    private func verdict(of row: CheckedRow, isExisting: Bool, findings: [PlacedFinding]) -> PreparedRow.Verdict {
        if isExisting { return .existing(customerId: row[.customerId]) }
        if findings.contains(where: { $0.finding.severity == .error }) { return .invalid }
        let payload = CanonicalPayload.bytes(of: row)
        return .request(payload: payload, digest: MessageDigest.sha256(payload))
    }

    private func identity(of row: CheckedRow) -> CustomerIdentity? {
        let domain: String? =
            switch row.domain {
            case .absent, .strangeCharacter, .edgeHyphen: nil
            case .valid, .otherSuffix, .prefixLength: row[.domain].lowercased()
            case .internationalized: DomainName.asciiForm(of: row[.domain])
            }
        let externalId = row[.externalId]
        if !externalId.isEmpty { return CustomerIdentity(name: externalId, domain: domain) }
        return domain.map { CustomerIdentity(name: $0, domain: $0) }
    }

    /// A finding with the position of its cell; findings about the whole record come first, then the cells' in their
    /// order, then those of columns that the manifest lacks.
    private typealias PlacedFinding = (position: Int, finding: Finding)

    private func findings(
        of rules: [Rule],
        in row: CheckedRow,
        record: Record,
        faults severity: Finding.Severity
    ) -> [PlacedFinding] {
        var findings = record.faults.map { fault -> PlacedFinding in
            let value = fault.column.map { record.cells.indices.contains($0) ? record.cells[$0] : "" } ?? ""
            let title = fault.column.map(columns.title(at:)) ?? ""
            let severity = fault.severity == .warning ? .warning : severity
            let finding = Finding(severity, rule: fault.rule, column: title, value: value, message: fault.message)
            return (fault.column ?? -1, finding)
        }
        var problems = Problems()
        for rule in rules {
            rule.check(row, &problems)
            guard !problems.list.isEmpty else { continue }
            findings += problems.list.map { placed($0, rule: rule, record: record) }
            problems.clear()
        }
        return findings
    }

    private func placed(_ problem: Problems.Problem, rule: Rule, record: Record) -> PlacedFinding {
        let position = columns.position(of: problem.column)
        let finding = Finding(
            rule.severity,
            rule: rule.name,
            column: columns.title(of: problem.column),
            value: position.map { $0 < record.cells.count ? record.cells[$0] : "" } ?? "",
            message: problem.message,
            suggestion: problem.suggestion
        )
        return (position ?? .max, finding)
    }

    /// Sorts by position and keeps the rules' order within a cell.
    private func sort(_ findings: inout [PlacedFinding]) {
        let order = findings.indices.sorted { (findings[$0].position, $0) < (findings[$1].position, $1) }
        findings = order.map { findings[$0] }
    }
}
