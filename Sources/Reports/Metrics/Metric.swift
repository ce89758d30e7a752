/// A figure of a run that monitoring reads; each run replaces it, so all of them are gauges.
package enum Metric: String, CaseIterable, Sendable {
    case buildInfo = "purser_build_info"
    case runStart = "purser_run_start_timestamp_seconds"
    case runDuration = "purser_run_duration_seconds"
    case exitCode = "purser_exit_code"
    case lastFinish = "purser_last_finish_timestamp_seconds"
    case lastSuccess = "purser_last_success_timestamp_seconds"
    case rows = "purser_rows"
    case attempts = "purser_request_attempts"
    case retries = "purser_request_retries"
    case throttled = "purser_throttled_seconds"
    case exportedCustomers = "purser_exported_customers"
    case verifiedCustomers = "purser_verified_customers"

    /// What it means, for the `HELP` line: the same in every file, since node_exporter compares them.
    var help: String {
        switch self {
        case .buildInfo: "The version of Purser that ran last; the value is always 1."
        case .runStart: "When the last run began."
        case .runDuration: "How long the last run took."
        case .exitCode: "The exit code of the last run; 1 means that some rows need a person."
        case .lastFinish: "When a run last came to its end, with exit code 0 or 1."
        case .lastSuccess: "When a run last ended with exit code 0."
        case .rows: "The rows that the last import read, by status."
        case .attempts: "The requests to create customers that the last import sent, repeats included."
        case .retries: "The requests of the last import that were repeats."
        case .throttled: "How long the last import was held back because the service asked for it."
        case .exportedCustomers: "The customers that the last export wrote."
        case .verifiedCustomers: "The customers that the last verification looked at, by what was found."
        }
    }
}

/// One value of a metric.
package struct MetricSample: Hashable, Sendable {
    package let metric: Metric
    /// What tells it from the metric's other values.
    package var labels: [MetricLabel]
    package var value: Double

    /// Makes a sample.
    ///
    /// - Parameters:
    ///   - metric: what was measured.
    ///   - labels: what tells it from the metric's other values.
    ///   - value: the value.
    package init(_ metric: Metric, labels: [MetricLabel] = [], value: Double) {
        self.metric = metric
        self.labels = labels
        self.value = value
    }
}

/// A name and a value that a sample is known by.
package struct MetricLabel: Hashable, Sendable {
    package let name: String
    package let value: String

    /// Makes a label.
    ///
    /// - Parameters:
    ///   - name: its name.
    ///   - value: its value.
    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}
