internal import Platform
internal import SQLite

/// Reads a checkpoint without holding it, also while a run does: for `status` and `report`.
package actor CheckpointReader: CheckpointReading {
    private let executor = QueueExecutor("checkpoint-reader")
    nonisolated package var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let path: String
    private var database: Database?

    /// Opens a checkpoint for reading.
    ///
    /// - Parameter path: the checkpoint's path.
    /// - Throws: `SystemError` where there is none, `CheckpointError` where it is no checkpoint or can't be read.
    package init(path: String) async throws {
        self.path = path
        try open()
    }

    private func open() throws {
        let file = CheckpointFile(path)
        _ = try File(path, .read)
        guard try file.examine() == .checkpoint else {
            throw CheckpointError(.foreign, path: path, message: "the checkpoint is empty; import a manifest first")
        }
        database = try file.openForReading()
    }

    /// Closes the checkpoint.
    package func close() {
        database?.close()
        database = nil
    }

    /// Counts a manifest's rows by status.
    ///
    /// - Parameter manifest: the manifest.
    /// - Returns: the statuses that occur, with their counts.
    /// - Throws: `CheckpointError` where they can't be read.
    package func counts(of manifest: ManifestID) throws -> [RowStatus: Int] {
        try read { queries throws in try queries.counts(of: manifest) }
    }

    /// Reads a manifest's rows in its order, a page at a time.
    ///
    /// - Parameters:
    ///   - manifest: the manifest.
    ///   - row: the number of the row before the page: 0 for the first page.
    ///   - limit: the page's size.
    /// - Returns: the rows that follow; fewer than `limit` at the end.
    /// - Throws: `CheckpointError` where they can't be read.
    package func rows(of manifest: ManifestID, after row: Int, limit: Int) throws -> [RowResult] {
        try read { queries throws in try queries.rows(of: manifest, after: row, limit: limit) }
    }

    /// What came back from the service in the run that began last.
    ///
    /// - Returns: the counts by time.
    /// - Throws: `CheckpointError` where they can't be read.
    package func activity() throws -> RunActivity {
        try read { queries throws in try queries.activity() }
    }

    /// The manifests that runs have read.
    ///
    /// - Returns: them, in the order they were first read.
    /// - Throws: `CheckpointError` where they can't be read.
    package func manifests() throws -> [ManifestSummary] {
        try read { queries throws in try queries.manifests() }
    }

    /// The run that began last.
    ///
    /// - Returns: it; nil where there was none.
    /// - Throws: `CheckpointError` where it can't be read.
    package func latestRun() throws -> RunSummary? {
        try read { queries throws in try queries.latestRun() }
    }

    /// Finds rows by what a person knows of them.
    ///
    /// - Parameter name: an identity (an `externalId` or a domain, in any case) or a customer's id.
    /// - Returns: the rows, in their manifests' order; at most 100.
    /// - Throws: `CheckpointError` where they can't be read.
    package func find(_ name: String) throws -> [RowReference] {
        try read { queries throws in try queries.find(name) }
    }

    /// Reads all that is known of a row.
    ///
    /// - Parameter reference: the row.
    /// - Returns: it; nil where there is no such row.
    /// - Throws: `CheckpointError` where it can't be read.
    package func history(of reference: RowReference) throws -> RowHistory? {
        try read { queries throws in try queries.history(of: reference) }
    }

    /// The row of a manifest that has waited longest for its final answer.
    ///
    /// - Parameter manifest: the manifest.
    /// - Returns: it; nil where every row is settled.
    /// - Throws: `CheckpointError` where it can't be read.
    package func oldestOpenRow(of manifest: ManifestID) throws -> OpenRow? {
        try read { queries throws in try queries.oldestOpenRow(of: manifest) }
    }

    /// How many one-time passwords are not known to be on file yet.
    ///
    /// - Returns: the count.
    /// - Throws: `CheckpointError` where it can't be read.
    package func pendingCredentialCount() throws -> Int {
        try read { queries throws in Int(try queries.database.number("SELECT count(*) FROM credentials") ?? 0) }
    }

    /// How many requests are open that no row of a manifest names.
    ///
    /// - Returns: the count of each service, by its base URL; none for a checkpoint that an earlier version wrote.
    /// - Throws: `CheckpointError` where it can't be read.
    package func openRequestsWithoutRow() throws -> [(endpoint: String, count: Int)] {
        try read { queries throws in try queries.openRequestsWithoutRow() }
    }

    /// Reads the customers that a service created, a page at a time.
    ///
    /// - Parameters:
    ///   - endpoint: the service's base URL.
    ///   - apiVersion: its version.
    ///   - number: the number of the customer before the page: 0 for the first page.
    ///   - limit: the page's size.
    /// - Returns: the customers that follow; none at the end.
    /// - Throws: `CheckpointError` where they can't be read.
    package func created(
        at endpoint: String,
        _ apiVersion: String,
        after number: Int64,
        limit: Int
    ) throws -> [CreatedCustomer] {
        try read { queries throws in try queries.created(at: endpoint, apiVersion, after: number, limit: limit) }
    }

    /// The services that runs have sent to.
    ///
    /// - Returns: their base URLs with their versions.
    /// - Throws: `CheckpointError` where they can't be read.
    package func services() throws -> [String] {
        try read { queries throws in try queries.services() }
    }

    private func read<Result>(_ body: (CheckpointQueries) throws -> Result) throws -> Result {
        guard let database else { throw CheckpointError.closed(path) }
        do {
            return try body(CheckpointQueries(database))
        } catch {
            throw CheckpointError(any: error, path: path)
        }
    }
}
