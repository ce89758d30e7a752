internal import Platform
internal import Telemetry

/// Writes log entries to standard error, each as a line; where that fails there is nobody left to tell.
struct StandardErrorLog: LogSink {
    let format: DescriptorLogSink.Format

    func write(_ entry: LogEntry) {
        do {
            try StandardStream.error.write("\(format == .text ? entry.text : entry.json)\n")
        } catch {
            return
        }
    }
}
