internal import Onboarding
internal import PartnerCenter
internal import Platform

/// Writes customers as a workbook, which libxlsxwriter makes under a name of its own beside the target.
final class CustomerWorkbookWriter: CustomerFileWriter {
    private let target: String
    private let location: String
    private let temporary: String
    private let workbook: CustomerWorkbook
    private var isInPlace = false

    /// Starts the workbook.
    ///
    /// - Parameter target: the path that it will have.
    /// - Throws: `SystemError` where nothing can be written beside the target.
    init(to target: String) throws {
        self.target = target
        // A link stays a link: what it leads to is replaced.
        location = Folder.absolute(target)
        let folder = Folder.parent(of: location)
        temporary = Folder.join(folder, ".\(Folder.name(of: location)).xlsx.part")
        do {
            try Folder.remove(temporary)
            _ = try File(temporary, .create)
        } catch {
            throw SystemError(code: error.code, operation: "write", path: target)
        }
        workbook = try CustomerWorkbook(temporary, header: CustomerColumns.header, temporaryFolder: folder)
    }

    deinit {
        guard !isInPlace else { return }
        // It is removed by the next export else.
        do { try Folder.remove(temporary) } catch { return }
    }

    func write(_ json: [UInt8]) throws {
        let customer = try JSONWire.decode(Customer.self, from: json)
        do {
            try workbook.append(CustomerColumns.cells(of: customer))
        } catch {
            throw ExportError(path: target, message: "\(error)")
        }
    }

    func finish() throws {
        do {
            try workbook.close()
        } catch {
            throw ExportError(path: target, message: "\(error)")
        }
        do {
            try File(temporary, .append).synchronize()
            try Folder.rename(temporary, to: location)
        } catch {
            throw SystemError(code: error.code, operation: "write", path: target)
        }
        isInPlace = true
    }
}
