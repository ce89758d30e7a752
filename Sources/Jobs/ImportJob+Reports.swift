internal import Checkpoint
internal import PartnerCenterClient
internal import Platform
internal import Reports

extension ImportJob {
    /// Counts the rows, writes the reports and the summary, and ends the run; an error on the way is the end's error
    /// where there is none yet, since what came first explains the rest.
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
            let isDone = end.isWhole && !end.counts.contains { $0.key.isOpen && $0.value > 0 }
            end.stopReason = isDone ? nil : stop.reason
            let runEnd = runEnd(end, exitCode(end))
            end.files = try await reports.writeResults(
                ReportContext(
                    run: run,
                    end: runEnd,
                    activity: try await checkpoint.activity(),
                    version: settings.version
                )
            )
            try await reports.writeSummary(
                Summary(
                    of: run,
                    purserVersion: settings.version,
                    end: runEnd,
                    manifests: counts,
                    files: end.files
                )
            )
            try await checkpoint.end(runEnd)
        } catch {
            end.error = end.error ?? error
        }
        return end
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
