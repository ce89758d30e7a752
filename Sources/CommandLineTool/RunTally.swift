internal import Checkpoint
internal import Jobs
internal import Reports
internal import Synchronization

/// What a command counts while it works, for the metrics of its run.
final class RunTally: Sendable {
    private let counted: Mutex<[MetricSample]>

    /// Begins to count; what is named here is told also where the run never came to it.
    private init(_ samples: [MetricSample]) {
        counted = Mutex(samples)
    }

    /// What was counted so far.
    var samples: [MetricSample] { counted.withLock { $0 } }

    /// The tally of an import.
    static func ofImport() -> RunTally {
        // A rehearsal has no metrics, so no row of them is ready.
        let rows = RowStatus.allCases.filter { $0 != .ready }.map { sample(.rows, $0.rawValue) }
        return RunTally(rows + [sample(.attempts), sample(.retries), sample(.throttled)])
    }

    /// The tally of an export.
    static func ofExport() -> RunTally { RunTally([]) }

    /// The tally of a verification.
    static func ofVerification() -> RunTally {
        RunTally(VerifiedCustomer.Status.allCases.map { sample(.verifiedCustomers, $0.rawValue) })
    }

    /// Adds what an import came to.
    func add(_ end: ImportJob.End) {
        for (status, count) in end.counts { add(Double(count), to: Self.sample(.rows, status.rawValue)) }
        add(Double(end.work.attempts), to: Self.sample(.attempts))
        add(Double(end.work.retries), to: Self.sample(.retries))
        add(Double(end.work.throttledMilliseconds) / 1000, to: Self.sample(.throttled))
    }

    /// Adds what an export came to.
    func add(_ summary: ExportJob.Summary) {
        add(Double(summary.customers), to: Self.sample(.exportedCustomers))
    }

    /// Adds what a verification came to.
    func add(_ summary: VerifyJob.Summary) {
        for (status, count) in summary.counts {
            add(Double(count), to: Self.sample(.verifiedCustomers, status.rawValue))
        }
    }

    private func add(_ value: Double, to sample: MetricSample) {
        counted.withLock { samples in
            let index = samples.firstIndex { $0.metric == sample.metric && $0.labels == sample.labels }
            if index == nil { samples.append(sample) }
            samples[index ?? samples.count - 1].value += value
        }
    }

    private static func sample(_ metric: Metric, _ status: String? = nil) -> MetricSample {
        MetricSample(metric, labels: status.map { [MetricLabel("status", $0)] } ?? [], value: 0)
    }
}
