package import Checkpoint

/// What a report says of the run that its rows are of.
package struct ReportContext: Sendable {
    package var run: Run
    /// How the run ended; nil while it goes on, and where it was killed.
    package var end: RunEnd?
    package var activity: RunActivity
    /// The program's version.
    package var version: String

    package init(run: Run, end: RunEnd?, activity: RunActivity, version: String) {
        self.run = run
        self.end = end
        self.activity = activity
        self.version = version
    }

    /// One line on the run, for a person.
    var about: String {
        let time = end.map { "\(run.startedAt) to \($0.time)" } ?? "since \(run.startedAt), not ended yet"
        let code = end.map { ", exit code \($0.exitCode)" } ?? ""
        return "Run \(run.id), \(time)\(code), at \(run.endpoint)/\(run.apiVersion), by Purser \(version)"
    }
}
