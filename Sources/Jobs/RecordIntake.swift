internal import Manifests
internal import Onboarding
internal import Platform

/// Reads the records of one manifest after another on a thread of its own, so that those before them are checked
/// meanwhile: to read a workbook costs more than all rules together.
actor RecordIntake {
    /// Some records of a manifest.
    struct Batch: Sendable {
        var records: [Record] = []
        /// What the manifest's end tells; nil before it.
        var end: End?
    }

    /// The end of a manifest, or of what can be read of it.
    struct End: Sendable {
        /// Why the rest can't be read; nil at its true end.
        var failure: ManifestError?
        /// What only the whole of the file tells.
        var notices: [ManifestNotice]
        /// How many rows were passed over since they hold nothing but spaces.
        var blankRows: Int
    }

    /// Records enough that a change of threads for them weighs little, and few enough to stay beside the processor.
    private static let recordsPerBatch = 256
    /// How many bytes of cells a batch holds before it is as full as its records would make it.
    private static let bytesPerBatch = 8 << 20

    private let executor = QueueExecutor("purser.records")
    private let settings: OnboardingSettings
    private var reader: (any ManifestReader)?
    /// How many of the reader's notices were passed on.
    private var told = 0

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(settings: OnboardingSettings) { self.settings = settings }

    /// Opens a manifest.
    ///
    /// - Parameter path: its path.
    /// - Returns: what checks its rows, and what is to be told of its header.
    /// - Throws: `ManifestError` where it can't be read.
    func open(_ path: String) throws -> (preparer: RowPreparer, notices: [ManifestNotice]) {
        let reader = try Manifest.open(path, settings.manifestOptions)
        let preparer = try RowPreparer(reader, path: path, settings: settings)
        self.reader = reader
        told = reader.notices.count
        return (preparer, reader.notices + preparer.notices)
    }

    /// Reads the next records of the open manifest.
    ///
    /// - Returns: the records; with the last ones, the manifest's end.
    func next() -> Batch {
        guard let reader else { return Batch(end: End(notices: [], blankRows: 0)) }
        var batch = Batch()
        batch.records.reserveCapacity(Self.recordsPerBatch)
        var bytes = 0
        do throws(ManifestError) {
            while batch.records.count < Self.recordsPerBatch, bytes < Self.bytesPerBatch {
                guard let record = try reader.next() else {
                    batch.end = end(of: reader)
                    break
                }
                bytes += record.cells.bytes.count
                batch.records.append(record)
            }
        } catch {
            batch.end = end(of: reader, error)
        }
        if batch.end != nil { self.reader = nil }
        return batch
    }

    private func end(of reader: any ManifestReader, _ failure: ManifestError? = nil) -> End {
        End(failure: failure, notices: Array(reader.notices.dropFirst(told)), blankRows: reader.blankRows)
    }
}
