internal import PartnerCenter
internal import Platform
internal import Workbooks

/// Writes customers as a workbook.
final class CustomerWorkbook: CustomerFileWriter {
    private let workbook: TableWorkbook

    /// Starts the workbook.
    ///
    /// - Parameter target: the path that it will have.
    /// - Throws: `SystemError` where nothing can be written beside the target.
    init(to target: String) throws(SystemError) {
        workbook = try TableWorkbook(target, sheet: "Customers", header: CustomerColumns.header)
    }

    func write(_ json: [UInt8]) throws {
        workbook.append(CustomerColumns.cells(of: try JSONWire.decode(Customer.self, from: json)))
    }

    func finish() throws { try workbook.finish() }
}
