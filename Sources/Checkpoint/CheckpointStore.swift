internal import Platform

/// The store of runs, rows, intents and outcomes: what makes a run resumable and every customer be created once.
///
/// It is a seam: `SQLiteCheckpoint` serves one machine; a shared database for several must fit behind the same calls.
/// Every call that changes something returns once the change would survive a power loss, unless it says otherwise.
package protocol CheckpointStore: CheckpointReading {
    /// Starts a run.
    ///
    /// - Parameter run: what is known of it at its start.
    /// - Throws: `CheckpointError` where it can't be written.
    func begin(_ run: Run) async throws

    /// Names a manifest whose rows follow; the rows of an earlier run of the same path are replaced one by one.
    ///
    /// - Parameters:
    ///   - path: the manifest's absolute path, which identifies it.
    ///   - header: its column names as read.
    /// - Returns: the number by which rows name it.
    /// - Throws: `CheckpointError` where it can't be written.
    func open(manifest path: String, header: [String]) async throws -> ManifestID

    /// Takes rows in: settles those that are not to be sent, and records the intent of those that are.
    ///
    /// An intent is on disk when this returns; only then may its request be sent.
    ///
    /// - Parameters:
    ///   - rows: the rows, in the manifest's order.
    ///   - mode: whether rows may be sent.
    /// - Returns: one admission per row, in the same order.
    /// - Throws: `CheckpointError` where it can't be written.
    func admit(_ rows: [Row], mode: AdmissionMode) async throws -> [Admission]

    /// Tells which rows would be sent under a new request, were they admitted now.
    ///
    /// A row whose customer an earlier run created, or may have created, is not among them. Nothing is changed.
    ///
    /// - Parameter rows: the rows.
    /// - Returns: for each row whether it would, in the same order.
    /// - Throws: `CheckpointError` where it can't be read.
    func wouldSend(_ rows: [Row]) async throws -> [Bool]

    /// Takes up the requests that earlier runs left open and that no row names any more: it left the manifest, or is
    /// another customer's now.
    ///
    /// - Returns: at most 1,000 submissions that settle them, without a row; that they are sent is on disk.
    /// - Throws: `CheckpointError` where it can't be written.
    func admitRequestsWithoutRow() async throws -> [Submission]

    /// Drops rows that the manifest no longer has, as their cells were emptied.
    ///
    /// - Parameter rows: the rows.
    /// - Throws: `CheckpointError` where an earlier write failed.
    func drop(_ rows: [RowReference]) async throws

    /// Records what happened to submissions, in order.
    ///
    /// An attempt reaches the disk with the next thing that must. A one-time password in an outcome is kept until
    /// `forgetCredentials` says that it is on file.
    ///
    /// - Parameter events: what happened; where one of them is an outcome, all are on disk when this returns.
    /// - Throws: `CheckpointError` where they can't be written, or an earlier write failed.
    func record(_ events: [SubmissionEvent]) async throws

    /// The credentials that are not known to be on file yet, as after a crash.
    ///
    /// - Returns: them, in the order they were received.
    /// - Throws: `CheckpointError` where they can't be read.
    func pendingCredentials() async throws -> [Credentials]

    /// Forgets credentials that are on file; it reaches the disk with the next thing that must.
    ///
    /// - Parameter customerIds: the customers they belong to.
    /// - Throws: `CheckpointError` where an earlier write failed.
    func forgetCredentials(of customerIds: [String]) async throws

    /// Says that all of a manifest's rows were admitted: rows of an earlier run past the last one are dropped.
    ///
    /// - Parameters:
    ///   - manifest: the manifest.
    ///   - rows: how many rows it has.
    /// - Throws: `CheckpointError` where it can't be written.
    func close(manifest: ManifestID, rows: Int) async throws

    /// Ends the run.
    ///
    /// - Parameter end: how it ended.
    /// - Throws: `CheckpointError` where it can't be written.
    func end(_ end: RunEnd) async throws
}

extension CheckpointStore {
    /// Records one attempt of a submission; it reaches the disk with the next thing that must.
    ///
    /// - Parameters:
    ///   - attempt: what was tried and what came of it.
    ///   - submission: the submission it belongs to.
    /// - Throws: `CheckpointError` where an earlier write failed.
    package func record(_ attempt: Attempt, of submission: Submission) async throws {
        try await record([.attempt(attempt, submission)])
    }

    /// Records what became of a submission.
    ///
    /// - Parameters:
    ///   - outcome: what became of it.
    ///   - submission: the submission.
    /// - Throws: `CheckpointError` where it can't be written.
    package func record(_ outcome: Outcome, of submission: Submission) async throws {
        try await record([.outcome(outcome, submission)])
    }
}

/// What can be read of a checkpoint, by the run that holds it and by others.
package protocol CheckpointReading: Sendable {
    /// Counts a manifest's rows by status.
    ///
    /// - Parameter manifest: the manifest.
    /// - Returns: the statuses that occur, with their counts.
    /// - Throws: `CheckpointError` where they can't be read.
    func counts(of manifest: ManifestID) async throws -> [RowStatus: Int]

    /// Reads a manifest's rows in its order, a page at a time.
    ///
    /// - Parameters:
    ///   - manifest: the manifest.
    ///   - row: the number of the row before the page: 0 for the first page.
    ///   - limit: the page's size.
    /// - Returns: the rows that follow; fewer than `limit` at the end.
    /// - Throws: `CheckpointError` where they can't be read.
    func rows(of manifest: ManifestID, after row: Int, limit: Int) async throws -> [RowResult]

    /// What came back from the service in the run that began last.
    ///
    /// - Returns: the counts by time.
    /// - Throws: `CheckpointError` where they can't be read.
    func activity() async throws -> RunActivity
}

/// The number by which the rows of a run name their manifest.
package struct ManifestID: Hashable, Sendable, RawRepresentable {
    package let rawValue: Int64
    package init(rawValue: Int64) { self.rawValue = rawValue }
}
