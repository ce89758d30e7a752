internal import Telemetry

/// Writes log entries to standard error, each as a line; where that fails there is nobody left to tell.
struct StandardErrorLog: LogSink {
    /// How a line looks.
    enum Format: String, CaseIterable {
        /// `2026-11-21T13:40:00.123Z warning The service asked to wait seconds=57`
        case text
        /// A JSON object with `time`, `level`, `message` and the metadata.
        case json
    }

    let format: Format

    func write(_ entry: LogEntry) {
        StandardErrorLine.write(format == .text ? entry.text : entry.json)
    }
}
