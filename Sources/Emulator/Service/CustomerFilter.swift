internal import PartnerCenter

/// A list's filter: JSON as in `{"Field":"CompanyName","Value":"cont","Operator":"starts_with"}`, or fields of the
/// query as in `filter.field=CompanyName&filter.value=cont&filter.operator=starts_with`.
struct CustomerFilter: Decodable {
    private var field: String
    private var value: String
    /// A name or a number.
    private var `operator`: String

    /// The operators' names, in the order of their numbers.
    private static let operators = [
        "equals", "not_equals", "greater_than", "greater_than_or_equals", "less_than", "less_than_or_equals",
        "substring", "and", "or", "starts_with", "not_starts_with",
    ]

    /// The filter of a request; nil where it has none.
    static func of(_ request: ServerRequest) throws(Refusal) -> (PageQuery.Field, String)? {
        if let text = request.parameter("filter") { return try read(text).checked() }
        let parts = ["field", "value", "operator"].map { request.parameter("filter.\($0)") }
        // Without a number or name of its own the operator is the first one, as the framework has it.
        let mark = parts[2] ?? "0"
        _ = try number(of: mark)
        // An operator alone filters nothing.
        guard parts[0] != nil || parts[1] != nil else { return nil }
        guard let field = parts[0], let value = parts[1] else {
            throw .malformed("The filter needs a field and a value.", "filter")
        }
        return try CustomerFilter(field: field, value: value, operator: mark).checked()
    }

    private static func read(_ text: String) throws(Refusal) -> CustomerFilter {
        do {
            return try JSONWire.decode(CustomerFilter.self, from: [UInt8](text.utf8))
        } catch {
            throw .malformed("The filter must be JSON with Field, Value and Operator.", "filter")
        }
    }

    private static func number(of mark: String) throws(Refusal) -> Int {
        let name = mark.lowercased()
        let plain = name.filter { $0 != "_" }
        let number = operators.firstIndex { $0 == name || $0.filter { $0 != "_" } == plain }
        guard let number = number ?? Int(mark), operators.indices.contains(number) else {
            throw .malformed("The filter's operator is none.", "filter.operator")
        }
        return number
    }

    private func checked() throws(Refusal) -> (PageQuery.Field, String) {
        guard try Self.operators[Self.number(of: `operator`)] == "starts_with" else {
            throw Refusal(code: 3000, description: "The filter knows no operator but starts_with.", data: ["Operator"])
        }
        switch field.lowercased() {
        case "companyname", "displayname": return (.companyName, value.lowercased())
        case "domain", "defaultdomainname": return (.domain, value.lowercased())
        // Of an indirect sale's two partners one asks and the other is the customer's associated partner, whichever
        // of them this service plays.
        case "indirectreseller", "indirectcloudsolutionprovider": return (.indirectReseller, value.lowercased())
        default: throw Refusal(code: 3000, description: "The filter's field is not supported.", data: ["Field"])
        }
    }
}
