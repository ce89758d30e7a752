package import Platform

/// What is told of a run as a whole.
package struct MeasuredRun: Sendable {
    /// The command's name.
    package var command: String
    /// The program's version.
    package var version: String
    package var startedAt: Timestamp
    package var endedAt: Timestamp
    package var exitCode: Int32
    /// What the command counted.
    package var samples: [MetricSample]

    package init(
        command: String,
        version: String,
        startedAt: Timestamp,
        endedAt: Timestamp,
        exitCode: Int32,
        samples: [MetricSample]
    ) {
        self.command = command
        self.version = version
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.exitCode = exitCode
        self.samples = samples
    }
}

/// The last runs in figures, for the textfile collector of Prometheus' node_exporter.
///
/// Several commands may share a file: each replaces its own samples. The file is replaced as a whole.
package actor MetricsFile {
    private static let commandLabel = "command"
    private static let jobLabel = "job_name"
    /// Larger than any file of ours.
    private static let limit = 1 << 20

    private let path: String
    private let executor = QueueExecutor("metrics")
    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        unsafe executor.asUnownedSerialExecutor()
    }

    /// Names the file; nothing is touched yet.
    ///
    /// - Parameter path: its place.
    package init(_ path: String) {
        self.path = path
    }

    /// Sees to it that the file can be written, before there is anything to tell.
    ///
    /// - Throws: `ReportError` where it can't, or where something else stands there.
    package func prepare() throws(ReportError) {
        let folder = Folder.parent(of: Folder.absolute(path))
        guard Folder.isFolder(folder) else {
            throw ReportError(path: path, message: "there is no folder \(folder); make it, or choose another place")
        }
        _ = try earlierSamples()
        try ReportError.naming(path) { () throws(SystemError) in _ = try ReplacementFile(path) }
    }

    /// Writes what a run came to; what other commands wrote stays, and so do the times of what went well.
    ///
    /// - Parameter run: the run.
    /// - Throws: `ReportError` where it can't be written; the file is then as it was.
    package func write(_ run: MeasuredRun) throws(ReportError) {
        // Two jobs' files must not hold the same series: the name is the file's own, so that it is there and is the
        // same also where the job file could not be read.
        let name = Folder.name(of: path)
        let stem = name.hasSuffix(".prom") && name.count > 5 ? String(name.dropLast(5)) : name
        let labels = [MetricLabel(Self.commandLabel, run.command), MetricLabel(Self.jobLabel, stem)]
        let earlier = try earlierSamples()
        var samples = earlier.filter { !$0.labels.starts(with: labels) }
        samples += Self.samples(of: run, after: earlier.filter { $0.labels == labels }).map { sample in
            MetricSample(sample.metric, labels: labels + sample.labels, value: sample.value)
        }
        let text = MetricsText.write(samples)
        try ReportError.naming(path) { () throws(SystemError) in
            var file = try ReplacementFile(path)
            try file.write(text)
            // The collector runs as somebody else, whatever mask keeps this run's other files to itself.
            try File(file.temporary, .append).setPermissions(0o644)
            try file.commit()
        }
    }

    private static func samples(of run: MeasuredRun, after earlier: [MetricSample]) -> [MetricSample] {
        var samples = [
            MetricSample(.buildInfo, labels: [MetricLabel("version", run.version)], value: 1),
            MetricSample(.runStart, value: seconds(run.startedAt.milliseconds)),
            MetricSample(.runDuration, value: seconds(run.endedAt.milliseconds - run.startedAt.milliseconds)),
            MetricSample(.exitCode, value: Double(run.exitCode)),
        ]
        for (metric, isReached) in [(Metric.lastFinish, run.exitCode <= 1), (.lastSuccess, run.exitCode == 0)] {
            if isReached {
                samples.append(MetricSample(metric, value: seconds(run.endedAt.milliseconds)))
            } else if let last = earlier.first(where: { $0.metric == metric }) {
                samples.append(MetricSample(metric, value: last.value))
            }
        }
        return samples + run.samples
    }

    private static func seconds(_ milliseconds: Int64) -> Double { Double(milliseconds) / 1000 }

    /// What earlier runs wrote; nothing of anybody else is replaced.
    private func earlierSamples() throws(ReportError) -> [MetricSample] {
        guard Folder.exists(path) else { return [] }
        guard Folder.isRegularFile(path) else {
            throw ReportError(path: path, message: "is not a file, and can't be replaced by one; choose another place")
        }
        let bytes = try ReportError.naming(path) { () throws(SystemError) in
            try File(path, .read).read(atMost: Self.limit)
        }
        guard !bytes.isEmpty else { return [] }
        guard let samples = MetricsText.read(String(decoding: bytes, as: UTF8.self)) else {
            let message = "holds something else than Purser's metrics; give the metrics a file of their own"
            throw ReportError(path: path, message: message)
        }
        return samples
    }
}
