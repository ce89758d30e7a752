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

    /// What the manifest calls a column.
    ///
    /// - Parameter column: the column.
    /// - Returns: its title; its canonical name where the manifest lacks it.
    package func title(of column: Column) -> String { columns.title(of: column) }

    /// The titles of the columns that the manifest has, by their canonical names.
    package var titles: [String: String] {
        Dictionary(uniqueKeysWithValues: columns.known.map { ($0.column.name, title(of: $0.column)) })
    }

    /// A column's cell as the manifest has it.
    ///
    /// - Parameters:
    ///   - column: the column.
    ///   - record: the record as read.
    /// - Returns: its text; empty where the record has no such cell.
    package func cell(of column: Column, in record: Record) -> String {
        guard let position = columns.position(of: column), position < record.cells.count else { return "" }
        return record.cells[position]
    }

    /// Whether a record holds nothing but spaces, so that it is no row at all.
    ///
    /// - Parameter record: the record as read.
    /// - Returns: whether it is passed over.
    package static func isBlank(_ record: Record) -> Bool {
        // Nearly every row has an ASCII letter or digit in one of its first cells.
        for position in record.cells.indices where !record.cells.isEmpty(at: position) {
            if 0x21..<0x7F ~= record.cells.bytes[record.cells.range(of: position).lowerBound] { return false }
            break
        }
        return record.faults.isEmpty && record.cells.allSatisfy { $0.allSatisfy(\.isWhitespace) }
    }

    /// Maps, normalises and checks a record.
    ///
    /// Where repairs are accepted, what they change is checked again: the request and the identity are those of the
    /// repaired cells.
    ///
    /// - Parameter record: the record as read.
    /// - Returns: its request, or all that keeps it from being one.
    package func prepare(_ record: Record) -> PreparedRow {
        let examined = finished(record)
        let row = examined.row
        return PreparedRow(
            domain: row[.domain],
            companyName: row[.companyName],
            identity: identity(of: examined),
            findings: examined.findings.map(\.finding),
            verdict: verdict(of: examined)
        )
    }

    /// Checks a record as `prepare` does, without making its request, which takes as long as the checks.
    ///
    /// - Parameter record: the record as read.
    /// - Returns: whose row it is, all that was found, and whether it would ask for a customer.
    package func check(_ record: Record) -> RowCheck {
        let examined = finished(record)
        return RowCheck(
            identity: identityHashes(of: examined),
            findings: examined.findings.isEmpty ? [] : examined.findings.map(\.finding),
            isRequest: !examined.isExisting && !examined.isInvalid
        )
    }

    /// A row with what was found in it.
    private struct ExaminedRow {
        let row: CheckedRow
        let isExisting: Bool
        var findings: [PlacedFinding]
        /// Whether it is a header again, which names nobody.
        var isHeader = false

        var isInvalid: Bool { findings.contains { $0.finding.severity == .error } }
    }

    /// Examines a record, repairs what may be repaired, and puts the findings in order.
    private func finished(_ record: Record) -> ExaminedRow {
        var examined = examine(record)
        if !settings.acceptedRepairs.isEmpty { examined = repaired(examined, record) }
        if settings.isStrict {
            for index in examined.findings.indices where examined.findings[index].finding.severity == .warning {
                examined.findings[index].finding.severity = .error
            }
        }
        if examined.findings.count > 1 { sort(&examined.findings) }
        return examined
    }

    private func examine(_ record: Record) -> ExaminedRow {
        let row = CheckedRow(record, columns: columns, settings: settings)
        if isHeader(row, record) {
            let message = "the row repeats the header; remove it"
            let finding = Finding(.error, rule: Self.repeatedHeader.name, column: "", value: "", message: message)
            return ExaminedRow(row: row, isExisting: false, findings: [(-1, finding)], isHeader: true)
        }
        // Of a row of which nothing could be read, the rules would only say that everything is missing.
        if !record.faults.isEmpty, record.faults.contains(where: { $0.severity == .error }),
            record.cells.indices.allSatisfy({ record.cells.isBlank(at: $0) || Self.isSpoilt($0, in: record) })
        {
            let found = findings(of: [], in: row, record: record, faults: .error)
            // Like a header again, it names nobody.
            return ExaminedRow(row: row, isExisting: false, findings: found, isHeader: true)
        }
        let isExisting = !row[.customerId].isEmpty
        // Nearly every row: it has no sign of anything that a rule looks for.
        if !isExisting, record.faults.isEmpty, row.signs.isDisjoint(with: Rule.signsOfAll) {
            return ExaminedRow(row: row, isExisting: false, findings: [])
        }
        let found = findings(
            of: isExisting ? Rule.ofExistingCustomers : Rule.all,
            in: row,
            record: record,
            faults: isExisting ? .warning : .error
        )
        if case .shifted(let shift) = row.shape, shift.hasSurplus {
            // The shift says why, in the same words.
            let rest = found.filter { $0.finding.rule != Self.tooManyCells }
            return ExaminedRow(row: row, isExisting: isExisting, findings: rest)
        }
        return ExaminedRow(row: row, isExisting: isExisting, findings: found)
    }

    /// Whether the reader told that a cell is not what was meant.
    private static func isSpoilt(_ position: Int, in record: Record) -> Bool {
        record.faults.contains { $0.spoils(position) }
    }

    /// What the CSV reader calls a row with more cells than the header.
    private static let tooManyCells = "csv.tooManyCells"

    /// Titles are neither domains nor e-mail addresses, so that few rows need a closer look.
    private func isHeader(_ row: CheckedRow, _ record: Record) -> Bool {
        switch row.domain {
        case .absent, .valid, .edgeHyphen, .prefixLength: return false
        case .internationalized, .strangeCharacter, .otherSuffix: break
        }
        return !row[.email].utf8.contains(UInt8(ascii: "@")) && columns.areTitles(record.cells)
    }

    private func verdict(of examined: ExaminedRow) -> PreparedRow.Verdict {
        if examined.isInvalid { return .invalid }
        if examined.isExisting { return .existing(customerId: examined.row[.customerId]) }
        let payload = CanonicalPayload.bytes(of: examined.row)
        return .request(payload: payload, digest: MessageDigest.sha256(payload))
    }

    private func identity(of examined: ExaminedRow) -> CustomerIdentity? {
        guard !examined.isHeader else { return nil }
        let row = examined.row
        let domain: String? =
            switch row.domain {
            case .absent, .strangeCharacter, .edgeHyphen: nil
            case .valid, .otherSuffix, .prefixLength: row[.domain].lowercasedASCII
            case .internationalized: DomainName.asciiForm(of: row[.domain])
            }
        let externalId = row[.externalId]
        if !externalId.isEmpty { return CustomerIdentity(name: externalId, domain: domain) }
        return domain.map { CustomerIdentity(name: $0, domain: $0) }
    }

    /// What a check needs to know of a row's identity; nearly always no text need be made for it.
    private func identityHashes(of examined: ExaminedRow) -> IdentityHashes? {
        let cells = examined.row.cells
        guard !examined.isHeader, case .valid = examined.row.domain else {
            return identity(of: examined).map(IdentityHashes.init)
        }
        let bytes = cells.bytes.span
        let domain = bytes.extracting(cells[at: .domain])
        guard !domain.hasLetter(from: UInt8(ascii: "A")) else { return identity(of: examined).map(IdentityHashes.init) }
        let externalId = bytes.extracting(cells[at: .externalId])
        return IdentityHashes(name: externalId.isEmpty ? domain : externalId, domain: domain)
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
            var finding = Finding(severity, rule: fault.rule, column: title, value: value, message: fault.message)
            finding.isPredicate = false
            return (fault.column ?? -1, finding)
        }
        var problems = Problems()
        var causes = Causes()
        if !findings.isEmpty {
            for (column, position) in columns.known where Self.isSpoilt(position, in: record) { causes.add(column) }
        }
        // By index: iterating copies each rule, also those that are passed over.
        for index in rules.indices where !rules[index].signs.isDisjoint(with: row.signs) {
            rules[index].check(row, &problems)
            guard !problems.list.isEmpty else { continue }
            let rule = rules[index]
            for problem in problems.list {
                if let cause = causes.cause(of: problem, by: rule) {
                    // What stands for others is as bad as they are.
                    if rule.severity == .error, let place = cause.place { findings[place].finding.severity = .error }
                    continue
                }
                if rule.explainsCells { causes.hold(problem.cells, at: findings.count) }
                findings.append(placed(problem, rule: rule, record: record))
            }
            causes.settle()
            problems.clear()
        }
        return findings
    }

    private func placed(_ problem: Problems.Problem, rule: Rule, record: Record) -> PlacedFinding {
        let position = columns.position(of: problem.column)
        var finding = Finding(
            rule.severity,
            rule: rule.name,
            column: columns.title(of: problem.column),
            value: position.map { $0 < record.cells.count ? record.cells[$0] : "" } ?? "",
            message: problem.message,
            suggestion: problem.suggestion
        )
        finding.isGuess = problem.isGuess
        return (position ?? .max, finding)
    }

    /// Sorts by position and keeps the rules' order within a cell.
    private func sort(_ findings: inout [PlacedFinding]) {
        let order = findings.indices.sorted { (findings[$0].position, $0) < (findings[$1].position, $1) }
        findings = order.map { findings[$0] }
    }
}

// MARK: - Repairs

extension RowPreparer {
    /// How often a repaired row is looked at again: one repair may bring another fault to light.
    private static let mostPasses = 4

    /// Types what the accepted rules suggest, until they have nothing more to suggest.
    private func repaired(_ first: ExaminedRow, _ record: Record) -> ExaminedRow {
        var (examined, record) = (first, record)
        var repairs: [PlacedFinding] = []
        for _ in 0..<Self.mostPasses {
            let next = acceptedRepairs(of: examined.findings, in: record)
            guard !next.isEmpty else { break }
            for (position, repair) in next { record.cells[position] = repair.suggestion ?? "" }
            repairs += next
            examined = examine(record)
        }
        examined.findings.insert(contentsOf: repairs, at: 0)
        return examined
    }

    /// One repair for each cell that has any: where several rules suggest something, the first.
    private func acceptedRepairs(of findings: [PlacedFinding], in record: Record) -> [PlacedFinding] {
        var repairs: [PlacedFinding] = []
        for (position, finding) in findings where settings.acceptedRepairs.contains(finding.rule) {
            guard let suggestion = finding.suggestion, !finding.isGuess, record.cells.indices.contains(position),
                record.cells[position] != suggestion, !repairs.contains(where: { $0.position == position })
            else { continue }
            var repair = finding
            repair.severity = .repaired
            repairs.append((position, repair))
        }
        return repairs
    }
}
