internal import Manifests
internal import Onboarding
internal import PartnerCenter
internal import Platform

/// The formats of an export.
package enum CustomerFileFormat: String, CaseIterable, Sendable {
    /// The columns of a manifest, with the service's identifiers (contract, section 8).
    case csv
    /// One customer per line, as the service names its members.
    case jsonl
}

/// A file of customers that appears when it is whole, written on a thread of its own.
actor CustomerFile {
    private let executor = QueueExecutor("purser.export")
    private let format: CustomerFileFormat
    private var file: ReplacementFile?
    /// The target itself, where it is no ordinary file: a device or a pipe can't be replaced.
    private var stream: File?

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(_ format: CustomerFileFormat) {
        self.format = format
    }

    /// Starts the file.
    ///
    /// - Parameter target: the path that it will have.
    /// - Throws: `SystemError` where nothing can be written beside the target.
    func open(_ target: String) throws {
        if !Folder.exists(target) || Folder.isRegularFile(target) {
            file = try ReplacementFile(target)
        } else {
            stream = try File(target, .append)
        }
        guard format == .csv else { return }
        var bytes: [UInt8] = []
        CSVWriter.append(CustomerColumns.header, guarded: true, to: &bytes)
        try put(bytes)
    }

    /// Writes customers at the end.
    ///
    /// - Throws: `SystemError` where they can't be written.
    func write(_ customers: [Customer]) throws {
        var bytes: [UInt8] = []
        for customer in customers {
            switch format {
            case .csv: CSVWriter.append(CustomerColumns.cells(of: customer), guarded: true, to: &bytes)
            case .jsonl: bytes += try JSONWire.encode(customer) + [UInt8(ascii: "\n")]
            }
        }
        try put(bytes)
    }

    private func put(_ bytes: [UInt8]) throws {
        try file?.write(bytes)
        try stream?.write(bytes)
    }

    /// Puts the whole file in its place.
    ///
    /// - Throws: `SystemError` where it can't be saved.
    func commit() throws {
        guard let file = file.take() else { return }
        try file.commit()
    }
}
