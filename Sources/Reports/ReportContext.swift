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

    /// What a person must know before anything else: that the run did not come to its end; nil where it did.
    var notice: String? {
        guard let end else {
            return "This import goes on still, or was killed: run the same command again to go on where it stopped."
        }
        return end.stopReason.map { "This import stopped early: \($0). Run the same command again to go on." }
    }

    /// One line on the run, for a person.
    var about: String {
        let time = end.map { "\(run.startedAt) to \($0.time)" } ?? "since \(run.startedAt), not ended yet"
        let code = end.map { ", exit code \($0.exitCode)" } ?? ""
        return "Run \(run.id), \(time)\(code), at \(run.endpoint)/\(run.apiVersion), by Purser \(version)"
    }
}
