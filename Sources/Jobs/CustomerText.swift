internal import Manifests
internal import Onboarding
internal import PartnerCenter
internal import Platform

/// A format of an export that is text: what stands before, between and after the customers.
protocol CustomerText {
    /// What stands before the first customer.
    var start: [UInt8] { get }
    /// What stands after the last one.
    var end: [UInt8] { get }

    /// Appends a customer.
    ///
    /// - Parameters:
    ///   - json: the customer as the service names its members.
    ///   - bytes: what it is appended to.
    /// - Throws: an error where it is no customer.
    func append(_ json: [UInt8], to bytes: inout [UInt8]) throws
}

/// Customers as the rows of a CSV manifest.
struct CustomerTable: CustomerText {
    var start: [UInt8] {
        var bytes: [UInt8] = []
        CSVWriter.append(CustomerColumns.header, guarded: true, to: &bytes)
        return bytes
    }

    var end: [UInt8] { [] }

    func append(_ json: [UInt8], to bytes: inout [UInt8]) throws {
        let customer = try JSONWire.decode(Customer.self, from: json)
        CSVWriter.append(CustomerColumns.cells(of: customer), guarded: true, to: &bytes)
    }
}

/// Customers as JSON Lines.
struct CustomerLines: CustomerText {
    var start: [UInt8] { [] }
    var end: [UInt8] { [] }

    func append(_ json: [UInt8], to bytes: inout [UInt8]) {
        bytes += json
        bytes.append(UInt8(ascii: "\n"))
    }
}

/// Customers as an XML manifest, with the service's identifiers.
struct CustomerDocument: CustomerText {
    var start: [UInt8] {
        Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<customers xmlns=\"\(XMLManifest.namespace)\">\n".utf8)
    }

    var end: [UInt8] { Array("</customers>\n".utf8) }

    /// The columns' elements, by what holds them.
    private static let company: [Column] = [.companyName, .domain, .organizationRegistrationNumber]
    private static let billing: [Column] = [.email, .culture, .language, .firstName, .lastName]
    private static let address: [Column] = [
        .middleName, .addressLine1, .addressLine2, .addressLine3, .city, .district, .state, .region, .postalCode,
        .country, .phoneNumber,
    ]

    func append(_ json: [UInt8], to bytes: inout [UInt8]) throws {
        let customer = try JSONWire.decode(Customer.self, from: json)
        func elements(_ columns: [Column]) -> String {
            columns.map { Self.element($0, CustomerColumns.value(of: $0, in: customer)) }.joined()
        }
        let id = XMLWire.attribute(customer.id ?? customer.companyProfile?.tenantId ?? "")
        var text = "<customer customerId=\"\(id)\">"
        text += Self.element("companyProfile", holding: elements(Self.company))
        let address = Self.element("defaultAddress", holding: elements(Self.address))
        text += Self.element("billingProfile", holding: elements(Self.billing) + address)
        text += elements([.associatedPartnerId])
        text += Self.element(.commerceId, customer.commerceId)
        text += Self.element(.relationshipToPartner, customer.relationshipToPartner)
        bytes += "\(text)</customer>\n".utf8
    }

    private static func element(_ column: Column, _ value: String?) -> String {
        element(column.name, holding: XMLWire.text(value ?? ""))
    }

    private static func element(_ name: String, holding content: String) -> String {
        content.isEmpty ? "" : "<\(name)>\(content)</\(name)>"
    }
}

/// Writes a text format to a file that appears when it is whole, or to the target itself where that is no ordinary
/// file: a device or a pipe can't be replaced.
final class CustomerTextWriter: CustomerFileWriter {
    private let text: any CustomerText
    private var file: ReplacementFile?
    private var stream: File?
    private var bytes: [UInt8] = []

    /// Starts the file.
    ///
    /// - Parameters:
    ///   - text: its format.
    ///   - target: the path that it will have.
    /// - Throws: `SystemError` where nothing can be written beside the target.
    init(_ text: any CustomerText, to target: String) throws {
        self.text = text
        if !Folder.exists(target) || Folder.isRegularFile(target) {
            file = try ReplacementFile(target)
        } else {
            stream = try File(target, .append)
        }
        try put(text.start)
    }

    func write(_ json: [UInt8]) throws {
        bytes.removeAll(keepingCapacity: true)
        try text.append(json, to: &bytes)
        try put(bytes)
    }

    func finish() throws {
        try put(text.end)
        guard let file = file.take() else { return }
        try file.commit()
    }

    private func put(_ bytes: [UInt8]) throws {
        try file?.write(bytes)
        try stream?.write(bytes)
    }
}
