internal import Checkpoint
package import Manifests
package import Onboarding
package import PartnerCenterClient
internal import Platform

/// Checks manifests with the rules that an import applies; nothing is sent or stored.
package actor ValidateJob {
    /// One thing found, with its place.
    package struct PlacedFinding: Sendable {
        /// The manifest's path, as it was given.
        package let path: String
        package let row: Int
        package let line: Int
        package let finding: Finding

        package init(path: String, row: Int, line: Int, finding: Finding) {
            self.path = path
            self.row = row
            self.line = line
            self.finding = finding
        }
    }

    private let executor = QueueExecutor("purser.validate")
    private let settings: OnboardingSettings
    private let preflight: Preflight?
    private var summary = ValidationSummary()
    private var claims = ValidationClaims()

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Makes a check.
    ///
    /// - Parameters:
    ///   - settings: how columns are mapped and rows are checked.
    ///   - preflight: the service that is asked about the rows that would be sent; nil: no network.
    ///   - maxInFlight: how many rows it is asked about at once.
    package init(settings: OnboardingSettings, preflight: (any PreflightService)? = nil, maxInFlight: Int = 8) {
        self.settings = settings
        self.preflight = preflight.map { Preflight($0, maxInFlight: maxInFlight, isStrict: settings.isStrict) }
    }

    /// Checks manifests, one after another.
    ///
    /// - Parameters:
    ///   - paths: the manifests.
    ///   - notice: told of what concerns a file as a whole.
    ///   - found: told of each finding, in the manifests' order.
    /// - Returns: the counts.
    /// - Throws: `ManifestError` where a manifest can't be read.
    package func run(
        _ paths: [String],
        notice: @Sendable (String, ManifestNotice) -> Void,
        found: @Sendable (PlacedFinding) throws -> Void
    ) async throws -> ValidationSummary {
        for path in paths {
            let intake = RecordIntake(settings: settings)
            let (preparer, notices) = try await intake.open(path)
            for each in notices { notice(path, each) }
            let end = try await check(intake, preparer, paths, found)
            for each in end.notices { notice(path, each) }
            summary.blankRows += end.blankRows
            summary.manifests += 1
        }
        if let silence = await preflight?.takeSilence() {
            summary.unansweredRows = silence.rows
            summary.preflightFailure = silence.reason
        }
        return summary
    }

    /// A row and all that was found in it.
    private struct ValidatedRow {
        let record: Record
        var findings: [Finding]
        /// By what later rows are found to be the same customer's; nil where it names nobody.
        let identity: IdentityHashes?
        /// Whether it would be sent, so that the service may be asked about it.
        var isRequest: Bool
    }

    /// Checks the rows of a manifest, some at a time, so that many questions to the service are under way at once, and
    /// the next ones are read meanwhile.
    private func check(
        _ intake: RecordIntake,
        _ preparer: RowPreparer,
        _ paths: [String],
        _ found: @Sendable (PlacedFinding) throws -> Void
    ) async throws -> RecordIntake.End {
        var batch = await intake.next()
        while true {
            guard let end = batch.end else {
                async let following = intake.next()
                try await check(batch.records, preparer, paths, found)
                batch = await following
                continue
            }
            // Where it ends in a fault, the rows before it are told first.
            try await check(batch.records, preparer, paths, found)
            if let failure = end.failure { throw failure }
            return end
        }
    }

    private func check(
        _ records: [Record],
        _ preparer: RowPreparer,
        _ paths: [String],
        _ found: @Sendable (PlacedFinding) throws -> Void
    ) async throws {
        var rows: [ValidatedRow] = []
        rows.reserveCapacity(records.count)
        for record in records {
            if RowPreparer.isBlank(record) { summary.blankRows += 1 } else { rows.append(check(record, preparer)) }
        }
        claim(&rows, preparer, paths)
        if let preflight {
            let payloads = rows.map { $0.isRequest ? payload(of: $0.record, preparer) : nil }
            let answers = await preflight.findings(of: payloads, in: preparer)
            for (index, findings) in answers.enumerated() { rows[index].findings += findings }
        }
        let path = paths[summary.manifests]
        // By index, and only where there is something to tell, as each copy of a row counts many references.
        for index in rows.indices {
            summary.count(rows[index].findings)
            if !rows[index].findings.isEmpty { try tell(rows[index], path, found) }
        }
    }

    /// Checks a record by itself.
    private func check(_ record: Record, _ preparer: RowPreparer) -> ValidatedRow {
        let checked = preparer.check(record)
        return ValidatedRow(
            record: record,
            findings: checked.findings,
            identity: checked.identity,
            isRequest: checked.isRequest
        )
    }

    /// Checks rows against those before them.
    ///
    /// It is done for a whole batch, as each row waits for memory: those waits then overlap.
    private func claim(_ rows: inout [ValidatedRow], _ preparer: RowPreparer, _ paths: [String]) {
        // By index: iterating copies each row.
        for index in rows.indices { if let identity = rows[index].identity { claims.touch(identity) } }
        for index in rows.indices {
            guard let identity = rows[index].identity else { continue }
            let line = Int32(clamping: rows[index].record.line)
            let place = ValidationClaims.Place(manifest: Int32(summary.manifests), line: line)
            guard let earlier = claims.claim(identity, at: place), rows[index].isRequest else { continue }
            rows[index].isRequest = false
            rows[index].findings.append(Self.duplicate(rows[index], earlier, preparer, paths))
        }
    }

    /// What would be sent.
    private func payload(of record: Record, _ preparer: RowPreparer) -> [UInt8]? {
        guard case .request(let payload, _) = preparer.prepare(record).verdict else { return nil }
        return payload
    }

    private static func duplicate(
        _ row: ValidatedRow,
        _ claim: ValidationClaims.Claim,
        _ preparer: RowPreparer,
        _ paths: [String]
    ) -> Finding {
        let place = "\(paths[Int(claim.place.manifest)]):\(claim.place.line)"
        let problem = Problem.duplicate(at: place, field: preparer.title(of: claim.column))
        return Finding(
            .error,
            rule: problem.code,
            column: problem.field,
            value: preparer.cell(of: claim.column, in: row.record),
            message: problem.message
        )
    }

    private func tell(_ row: ValidatedRow, _ path: String, _ found: (PlacedFinding) throws -> Void) rethrows {
        for finding in row.findings {
            try found(PlacedFinding(path: path, row: row.record.row, line: row.record.line, finding: finding))
        }
    }
}
