internal import Checkpoint
internal import PartnerCenterClient
internal import Platform
internal import Reports

extension ImportJob {
    /// Counts the rows, writes the reports and the summary, and ends the run; an error on the way is the end's error
    /// where there is none yet, since what came first explains the rest.
    func finish(_ end: End, _ source: RowSource, _ exitCode: @Sendable (End) -> Int32) async -> End {
        var end = end
        do {
            try await source.closeUnfinished()
            let manifests = await source.opened
            let counts = try await count(manifests)
            for each in counts { end.counts.merge(each.counts, uniquingKeysWith: +) }
            let isDone = end.isWhole && !end.counts.contains { $0.key.isOpen && $0.value > 0 }
            end.stopReason = isDone ? nil : stop.reason
            end.files = try await writeReports(of: manifests)
            try await writeSummary(end, counts, exitCode(end))
            try await checkpoint.end(exitCode: exitCode(end), at: now())
        } catch {
            end.error = end.error ?? error
        }
        return end
    }

    private func count(
        _ manifests: [RowSource.OpenedManifest]
    ) async throws -> [(path: String, counts: [RowStatus: Int])] {
        var result: [(path: String, counts: [RowStatus: Int])] = []
        for manifest in manifests { result.append((manifest.path, try await checkpoint.counts(of: manifest.id))) }
        return result
    }

    private func writeReports(of manifests: [RowSource.OpenedManifest]) async throws -> [String] {
        let writer = ReportWriter()
        let places = ReportPaths.assign(to: manifests.map(\.path), folder: settings.reports)
        var files: [String] = []
        for (manifest, paths) in zip(manifests, places) {
            files += try await writer.write(header: manifest.header, to: paths, formats: settings.formats) {
                [checkpoint] after, limit in
                try await checkpoint.rows(of: manifest.id, after: after, limit: limit)
            }
        }
        return files
    }

    private func writeSummary(
        _ end: End,
        _ manifests: [(path: String, counts: [RowStatus: Int])],
        _ exitCode: Int32
    ) async throws {
        let counts = service.counts()
        let attempts = progress.snapshot.attempts
        let summary = Summary(
            of: run,
            purserVersion: settings.version,
            endedAt: now(),
            manifests: manifests.map { path, counts in
                Summary.ManifestCounts(path: path, rows: counts.values.reduce(0, +), counts: counts)
            },
            work: Summary.Work(attempts: attempts, retries: counts.retries, throttled: counts.throttled),
            exitCode: exitCode,
            files: end.files,
            stopReason: end.stopReason?.description ?? end.error.map { "\($0)" }
        )
        try await ReportWriter().write(summary, to: ReportPaths.summary(in: settings.reports))
    }
}
