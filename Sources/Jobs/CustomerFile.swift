internal import PartnerCenter
internal import Platform
internal import Workbooks

/// The formats of an export.
package enum CustomerFileFormat: String, CaseIterable, Sendable {
    /// The columns of a manifest, with the service's identifiers (contract, section 8).
    case csv
    /// One customer per line, as the service names its members.
    case jsonl
    /// Purser's own schema of a manifest, with the service's identifiers.
    case xml
    /// The columns of `csv`, every cell a text.
    case xlsx
}

/// Writes customers in one format, from the first to the last; the file appears when it is whole.
protocol CustomerFileWriter: AnyObject {
    /// Writes a customer at the end.
    ///
    /// - Parameter json: the customer as the service names its members.
    /// - Throws: an error where it can't be written.
    func write(_ json: [UInt8]) throws

    /// Ends the file, and puts it in its place.
    ///
    /// - Throws: an error where it can't be saved.
    func finish() throws
}

/// A file of customers, written on a thread of its own.
actor CustomerFile {
    private let executor = QueueExecutor("purser.export.file")
    private let format: CustomerFileFormat
    private let target: String

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(_ format: CustomerFileFormat, _ target: String) {
        self.format = format
        self.target = target
    }

    /// How many customers are in memory at once.
    private static let pageSize = 500

    /// Looks, before anything is fetched, at what can't be right.
    ///
    /// - Throws: `ExportError` where no file of the format can be at the target.
    nonisolated func check() throws {
        if Folder.isFolder(target) {
            throw ExportError(path: target, message: "is a folder; give the name of a file")
        }
        if format == .xlsx, Folder.exists(target), !Folder.isRegularFile(target) {
            throw ExportError(path: target, message: "a workbook can only be written to a file; give another name")
        }
    }

    /// Writes all that a spool holds.
    ///
    /// - Parameter spool: the customers.
    /// - Throws: `SystemError` or `ExportError` where they can't be written.
    func write(from spool: ExportSpool) async throws {
        // What libxlsxwriter would tell after all of them were written is told at once.
        if format == .xlsx, try await spool.count() > TableWorkbook.mostRows {
            throw ExportError(
                path: target,
                message: "a workbook has room for \(TableWorkbook.mostRows) customers only; export them as CSV"
            )
        }
        let writer = try writer()
        var sequence: Int64 = 0
        while true {
            try Task.checkCancellation()
            let entries = try await spool.entries(after: sequence, limit: Self.pageSize)
            guard let last = entries.last else { break }
            for entry in entries { try writer.write(entry.json) }
            sequence = last.sequence
        }
        try writer.finish()
    }

    private func writer() throws -> any CustomerFileWriter {
        switch format {
        case .csv: try CustomerTextWriter(CustomerTable(), to: target)
        case .jsonl: try CustomerTextWriter(CustomerLines(), to: target)
        case .xml: try CustomerTextWriter(CustomerDocument(), to: target)
        case .xlsx: try CustomerWorkbook(to: target)
        }
    }
}
