internal import Checkpoint
internal import Jobs
internal import Manifests
internal import Platform
internal import Reports

extension ImportCommand {
    /// The one line that says how it ended, and where to look; before it, a line for each thing that somebody must do.
    ///
    /// An error is thrown, for it to be told once, whatever goes wrong when what it broke is closed.
    func tell(
        _ end: ImportJob.End,
        _ settings: ImportJob.Settings,
        _ console: Console,
        _ intake: ImportInbox.Intake? = nil
    ) throws -> ExitCode {
        let before = intake?.filing ?? ManifestArchive.Filing()
        for line in end.problems(end.filing ?? before) { console.report("purser: \(line.onOneLine)") }
        for text in end.withoutRow.compactMap(\.text) { console.report(text) }
        let outcome = end.text(reports: settings.reports, intake)
        if let outcome { console.print((arguments.job?.name).map { "\($0): \(outcome)" } ?? outcome) }
        if let error = end.error { throw error }
        if let reason = end.stopReason {
            console.report("purser: stopped, since \(reason); run the same command again to go on")
        }
        return ExitCode(for: end, before)
    }
}

extension ExitCode {
    /// The code for the end of an import.
    ///
    /// What only this run tells comes before what the next one would tell again: a manifest that was set aside before a
    /// stop.
    ///
    /// - Parameters:
    ///   - end: how it ended.
    ///   - before: what was put away before it began.
    init(for end: ImportJob.End, _ before: ManifestArchive.Filing) {
        let filing = end.filing ?? before
        if let error = end.error {
            self.init(for: error)
        } else if let failure = filing.failures.first {
            self.init(for: failure)
        } else if end.faults.contains(where: { $0.kind != .unavailable }) {
            self = .malformedManifest
        } else if !end.faults.isEmpty || !filing.setAside.isEmpty || !filing.missing.isEmpty {
            self = .missingInput
        } else if end.stopReason != nil {
            self = .stopped
        } else {
            let isGood = end.counts.allSatisfy { $0.key.isSettledWell || $0.key == .ready || $0.value == 0 }
            self = isGood && end.withoutRow.allSatisfy { $0.text == nil } ? .success : .needsAttention
        }
    }
}

extension ImportJob.End {
    /// Why manifests can't be read, those excepted that somebody is still writing to: the next run reads them.
    fileprivate var faults: [ManifestError] {
        manifests.compactMap { manifest in
            filing?.changed.contains(manifest.path) == true ? nil : manifest.fault
        }
    }

    /// A line for each file that somebody must look after.
    fileprivate func problems(_ filing: ManifestArchive.Filing) -> [String] {
        var lines = filing.setAside.sorted { $0.key < $1.key }.filter { place in
            !manifests.contains { $0.path == place.key }
        }.map { "\($0.key): can't be imported; it is in \($0.value), with the reason" }
        lines += faults.map { fault in
            filing.setAside[fault.path].map { "\(fault); it is in \($0) now" } ?? "\(fault)"
        }
        let gone = filing.missing.filter { path in !faults.contains { $0.path == path } }
        lines += gone.map { "\($0): was taken away before it could be archived; its rows are in the checkpoint" }
        return lines + filing.failures.map { "\($0)" }
    }

    /// `318 rows: 296 created, 20 invalid, 2 duplicate; see reports`; nil where an error says it all.
    fileprivate func text(reports: String, _ intake: ImportInbox.Intake?) -> String? {
        let rows = counts.values.reduce(0, +)
        let parts = RowStatus.allCases.compactMap { status in
            counts[status].flatMap { $0 > 0 ? "\($0) \(status.rawValue)" : nil }
        }
        let files = intake.map(fileText) ?? []
        guard rows > 0 else {
            guard files.isEmpty else { return files.joined(separator: "; ") }
            return error == nil && isWhole ? "no rows below the header; nothing to do" : nil
        }
        let table = "\(rows) \(rows == 1 ? "row" : "rows"): \(parts.joined(separator: ", "))"
        let earlierFailures = intake?.filing.failures.count ?? 0
        let hasReports = files.isEmpty || filing.map { !$0.open.isEmpty || $0.failures.count > earlierFailures } ?? true
        return ([table] + files + (hasReports ? ["see \(reports)"] : [])).joined(separator: "; ")
    }

    /// `2 manifests archived in archive`, `1 manifest waits for the next run`.
    private func fileText(_ intake: ImportInbox.Intake) -> [String] {
        let filing = filing ?? intake.filing
        func count(_ number: Int, _ one: String, _ many: String) -> [String] {
            number == 0 ? [] : [number == 1 ? "1 manifest \(one)" : "\(number) manifests \(many)"]
        }
        let place = filing.archived.first.map { Folder.parent(of: $0.value) }?.onOneLine ?? ""
        let growing = intake.selection.growing.count + filing.changed.count
        return count(filing.archived.count, "archived in \(place)", "archived in \(place)")
            + count(filing.setAside.count, "set aside", "set aside")
            + count(
                filing.open.count,
                "has open rows and waits for the next run",
                "have open rows and wait for the next run"
            )
            + count(
                growing,
                "is still being written and waits for the next run",
                "are still being written and wait for the next run"
            )
    }
}

extension String {
    /// The text without what would break a line or move a terminal's cursor: a file's name may hold anything.
    var onOneLine: String {
        String(
            String.UnicodeScalarView(unicodeScalars.map { $0.properties.generalCategory == .control ? "\u{FFFD}" : $0 })
        )
    }
}
