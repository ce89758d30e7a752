internal import Checkpoint
internal import Manifests
internal import Onboarding
internal import Platform

/// Reads manifests one after another and prepares their rows, on a thread of its own.
///
/// Rows are pulled: nothing is read until the window has room for it.
actor ManifestIntake {
    /// A manifest that is being read.
    struct Opened: Sendable {
        let path: String
        /// The path from the root, which identifies the manifest between runs.
        let absolutePath: String
        let header: [String]
    }

    /// Some rows of one manifest.
    struct Batch: Sendable {
        var rows: [Row] = []
        /// How many rows the manifest has, once its end is reached.
        var total: Int?
        /// What reading them showed of the manifest as a whole.
        var notices: [ManifestNotice] = []
        /// The records that hold nothing but spaces, and are no rows.
        var blanks: [RowReference] = []
        /// Knows what the manifest calls its columns.
        var preparer: RowPreparer?
    }

    private let executor = QueueExecutor("purser.intake")
    private let settings: OnboardingSettings
    private var paths: ArraySlice<String>
    private var reader: (any ManifestReader)?
    private var preparer: RowPreparer?
    private var titles = ColumnTitles()
    private var lastRow = 0
    /// How many of its records hold nothing but spaces.
    private var blanks = 0
    /// How many of the reader's notices were passed on.
    private var told = 0
    /// Why the open manifest can't be read any further, once the rows before that are passed on.
    private var failure: ManifestError?
    /// What `check` opened and can't be opened again: a pipe.
    private var pipes: [String: any ManifestReader] = [:]

    /// How many bytes of cells a batch holds before it is as full as its rows would make it.
    private static let bytesPerBatch = 8 << 20

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(paths: [String], settings: OnboardingSettings) {
        self.paths = paths[...]
        self.settings = settings
    }

    /// What opening every manifest once has shown.
    struct Check: Sendable {
        /// What is to be told of their headers, by path.
        var notices: [(path: String, notice: ManifestNotice)] = []
        /// Why those can't be read that are left out, by path.
        var faults: [String: ManifestError] = [:]
    }

    /// Opens every manifest once, so that a wrong one is told before anything is sent.
    ///
    /// - Parameter passesOverFaults: whether one that can't be read is left out rather than an error.
    /// - Returns: what is to be told of them.
    /// - Throws: `ManifestError` for the first that can't be read and may not be left out.
    func check(passesOverFaults: Bool) throws -> Check {
        var check = Check()
        var good: [String] = []
        for path in paths {
            do {
                if passesOverFaults { try checkName(path) }
                check.notices += try self.check(path).map { (path, $0) }
                good.append(path)
            } catch let error as ManifestError where passesOverFaults {
                check.faults[path] = error
            }
        }
        paths = good[...]
        return check
    }

    /// A name that leaves no room for those of its reports must not keep the others' from being written.
    private func checkName(_ path: String) throws {
        guard Folder.name(of: path).utf8.count > ManifestName.longest else { return }
        let message = "the name is too long for those of its reports; give the file a shorter one, and drop it again"
        throw ManifestError(.unavailable, path: path, message: message)
    }

    private func check(_ path: String) throws -> [ManifestNotice] {
        let reader = try Manifest.openVerified(path, settings.manifestOptions)
        let preparer = try RowPreparer(reader, path: path, settings: settings)
        if !Folder.isRegularFile(path) { pipes[path] = reader }
        return reader.notices + preparer.notices
    }

    /// Leaves the rest of the open manifest unread.
    func abandon() {
        reader = nil
        failure = nil
    }

    /// Opens the next manifest.
    ///
    /// - Returns: the manifest; nil after the last one.
    /// - Throws: `ManifestError` where it can't be read.
    func openNext() throws -> Opened? {
        guard let path = paths.popFirst() else { return nil }
        let opened = try pipes.removeValue(forKey: path) ?? Manifest.open(path, settings.manifestOptions)
        let preparer = try RowPreparer(opened, path: path, settings: settings)
        titles = ColumnTitles(preparer.titles)
        self.preparer = preparer
        reader = opened
        failure = nil
        lastRow = 0
        blanks = 0
        // `check` told what the header says.
        told = opened.notices.count
        return Opened(path: path, absolutePath: Folder.absolute(path), header: opened.header)
    }

    /// Reads and prepares the next rows of the open manifest.
    ///
    /// - Parameters:
    ///   - limit: how many rows at most.
    ///   - manifest: the number by which the checkpoint knows the manifest.
    /// - Returns: the rows, and what is new to tell; with the total at the manifest's end.
    /// - Throws: `ManifestError` where it can't be read any further; the rows before that came with an earlier call.
    func next(_ limit: Int, of manifest: ManifestID) throws -> Batch {
        if let failure { throw failure }
        guard let reader, let preparer else { return Batch(total: lastRow) }
        var batch = Batch(preparer: preparer)
        batch.rows.reserveCapacity(limit)
        var bytes = 0
        while batch.rows.count + batch.blanks.count < limit, bytes < Self.bytesPerBatch {
            let next: Record?
            do {
                next = try reader.next()
            } catch {
                guard !batch.rows.isEmpty else { throw error }
                failure = error
                break
            }
            guard let record = next else {
                batch.total = lastRow
                batch.notices = blankNotice(reader)
                self.reader = nil
                break
            }
            lastRow = record.row
            bytes += record.cells.bytes.count
            let reference = RowReference(manifest: manifest, row: record.row)
            guard !RowPreparer.isBlank(record) else {
                blanks += 1
                batch.blanks.append(reference)
                continue
            }
            batch.rows.append(Row(record, preparer.prepare(record), at: reference, titles: titles))
        }
        let news = reader.notices.dropFirst(told)
        told += news.count
        batch.notices += news
        return batch
    }

    /// How many rows were passed over, once the manifest is at its end.
    private func blankNotice(_ reader: any ManifestReader) -> [ManifestNotice] {
        let count = reader.blankRows + blanks
        guard count > 0 else { return [] }
        let message = count == 1 ? "1 row is blank and was passed over" : "\(count) rows are blank and were passed over"
        return [ManifestNotice(line: reader.headerLine, message: message)]
    }
}
