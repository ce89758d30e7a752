package import Platform

/// A run as the checkpoint remembers it.
package struct RunSummary: Hashable, Sendable {
    package var run: Run
    /// Nil while it goes on, and where it was killed.
    package var end: RunEnd?
}

/// How a run ended.
package struct RunEnd: Hashable, Sendable {
    /// The process's exit code to be.
    package var exitCode: Int32
    package var time: Timestamp
    package var work: RunWork
    /// Why it stopped before its end; nil where it did not.
    package var stopReason: String?

    package init(exitCode: Int32, at time: Timestamp, work: RunWork = RunWork(), stopReason: String? = nil) {
        self.exitCode = exitCode
        self.time = time
        self.work = work
        self.stopReason = stopReason
    }
}

/// What was counted while a run worked.
package struct RunWork: Hashable, Sendable {
    /// The requests sent to create customers, repeats included.
    package var attempts: Int
    /// How many of them were repeats.
    package var retries: Int
    /// How long sending was held back because the service asked for it, in milliseconds.
    package var throttledMilliseconds: Int64

    package init(attempts: Int = 0, retries: Int = 0, throttledMilliseconds: Int64 = 0) {
        self.attempts = attempts
        self.retries = retries
        self.throttledMilliseconds = throttledMilliseconds
    }
}

/// A manifest as the checkpoint remembers it.
package struct ManifestSummary: Hashable, Sendable {
    package var id: ManifestID
    /// Its absolute path.
    package var path: String
    /// Its column names as read.
    package var header: [String]
    /// Nil where no run has read it to its end since it was last begun.
    package var rowCount: Int?
    /// Whether it is one of the manifests of the run that began last.
    package var isOfLatestRun: Bool
}
