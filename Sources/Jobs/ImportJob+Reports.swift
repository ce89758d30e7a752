internal import Checkpoint
internal import PartnerCenterClient
internal import Platform
internal import Reports

extension ImportJob {
    /// Counts the rows, writes the reports and the summary, puts away what is done with, and ends the run; an error on
    /// the way is the end's error where there is none yet, since what came first explains the rest.
    func finish(_ end: End, _ source: RowSource, _ exitCode: @Sendable (End) -> Int32) async -> End {
        var end = end
        end.work = work
        do {
            try await source.closeUnfinished()
            let reports = RunReports(
                checkpoint: checkpoint,
                manifests: await source.opened,
                folder: settings.reports,
                formats: settings.formats
            )
            let counts = try await reports.counts()
            for manifest in counts { end.counts.merge(manifest.rowsByStatus, uniquingKeysWith: +) }
            let isOpen =
                end.counts.contains { $0.key.isOpen && $0.value > 0 } || end.withoutRow.contains(where: \.isOpen)
            let isDone = end.isWhole && !isOpen
            end.stopReason = isDone ? nil : stop.reason
            var runEnd = runEnd(end, exitCode(end))
            let files = try await reports.writeResults(
                ReportContext(
                    run: run,
                    end: runEnd,
                    activity: try await checkpoint.activity(),
                    version: settings.version
                )
            )
            end.files = files.flatMap { $0 }
            end.manifests = await manifestEnds(source, counts, files)
            try await writeSummary(end, runEnd, counts, reports)
            if await putAway(&end) {
                runEnd = self.runEnd(end, exitCode(end))
                try await writeSummary(end, runEnd, counts, reports)
            }
            try await checkpoint.end(runEnd)
        } catch {
            end.error = end.error ?? error
        }
        return end
    }

    private func writeSummary(
        _ end: End,
        _ runEnd: RunEnd,
        _ counts: [Summary.ManifestCounts],
        _ reports: RunReports
    ) async throws {
        try await reports.writeSummary(
            Summary(
                of: run,
                purserVersion: settings.version,
                end: runEnd,
                manifests: counts,
                files: end.files
            )
        )
    }

    private func manifestEnds(
        _ source: RowSource,
        _ counts: [Summary.ManifestCounts],
        _ files: [[String]]
    ) async -> [ManifestEnd] {
        let whole = await source.whole
        let faults = await source.faults
        let opened = Dictionary(zip(await source.opened.map(\.path), counts.indices)) { first, _ in first }
        return settings.manifests.map { path in
            var manifest = ManifestEnd(path: path)
            manifest.isWhole = whole.contains(path)
            manifest.fault = faults[path]
            if let index = opened[path] {
                manifest.counts = counts[index].rowsByStatus
                manifest.reports = files[index]
            }
            return manifest
        }
    }

    /// Puts away the manifests that are done with.
    ///
    /// Where something could not be written, all of them stay: the next run looks at each of their rows again.
    ///
    /// - Returns: whether that changed what the summary says.
    private func putAway(_ end: inout End) async -> Bool {
        guard let archive, end.error == nil || end.error is ServiceError else { return false }
        let filing = await archive.file(end.manifests)
        end.files = end.files.map { filing.reports[$0] ?? $0 }
        end.filing = filing
        return true
    }

    private func runEnd(_ end: End, _ exitCode: Int32) -> RunEnd {
        let reason = end.stopReason?.description ?? end.error.map { "\($0)" }
        return RunEnd(exitCode: exitCode, at: now(), work: end.work, stopReason: reason)
    }

    private var work: RunWork {
        let counts = service.counts()
        return RunWork(
            attempts: progress.snapshot.attempts,
            retries: counts.retries,
            throttledMilliseconds: Int64(counts.throttled / .milliseconds(1))
        )
    }
}
