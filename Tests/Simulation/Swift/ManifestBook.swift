internal import Platform

/// One row as its author means it, whatever file it stands in.
struct BookRow: Hashable {
    /// Names the row for good, through its company's name.
    let number: Int
    var externalId: String
    var customerId = ""
    var domain: String
    var email = "office@example.com"
    var city = "Seattle"
    /// Whether the row fails validation.
    var isFlawed = false

    static let header =
        "externalId,customerId,companyName,domain,email,culture,language,addressLine1,city,state,postalCode,country"

    var companyName: String { "Harbour Mills \(number)" }

    var line: String {
        let address = isFlawed ? "nobody" : email
        return
            "\(externalId),\(customerId),\(companyName),\(domain),\(address),en-US,en,1 Quay Street,\(city),WA,98101,US"
    }

    /// The name by which the contract knows its customer.
    var identity: String { externalId.isEmpty ? domain.lowercased() : externalId }
}

/// All rows of a seed, and what their author does to them between runs.
struct ManifestBook {
    private(set) var rows: [BookRow] = []
    /// Rows that were taken out for a while, by number.
    private var absent: Set<Int> = []
    private var lastNumber = 0

    init(using generator: inout SeededGenerator) {
        extend(by: Int.random(in: 5...40, using: &generator), using: &generator)
    }

    /// The rows that are in the manifests now.
    var present: [BookRow] { rows.filter { !absent.contains($0.number) } }

    /// The row of a company.
    func row(of company: String) -> BookRow? { rows.first { $0.companyName == company } }

    /// Nothing is left out any more.
    mutating func restore() { absent = [] }

    /// Adds rows, some of which share a domain or a name with others, are flawed, or name a customer that exists.
    mutating func extend(by count: Int, using generator: inout SeededGenerator) {
        for _ in 0..<count {
            lastNumber += 1
            let name = Bool.random(using: &generator) ? "harbour" : "Harbour"
            var row = BookRow(number: lastNumber, externalId: "", domain: "\(name)\(lastNumber).onmicrosoft.com")
            switch Int.random(in: 0..<40, using: &generator) {
            case 0..<3: row.domain = rows.randomElement(using: &generator)?.domain ?? row.domain
            case 3: row.customerId = "00000000-0000-4000-8000-00000000\(1000 + lastNumber)"
            case 4..<8: row.isFlawed = true
            case 8: row.externalId = rows.randomElement(using: &generator)?.externalId ?? ""
            case 9..<30: row.externalId = "crm-\(lastNumber)"
            default: break
            }
            rows.append(row)
        }
    }

    mutating func shuffle(using generator: inout SeededGenerator) { rows.shuffle(using: &generator) }

    /// Changes rows, whatever has become of them.
    mutating func change(using generator: inout SeededGenerator) {
        for index in rows.indices where Int.random(in: 0..<6, using: &generator) == 0 {
            switch Int.random(in: 0..<6, using: &generator) {
            case 0: rows[index].city = rows[index].city == "Seattle" ? "Tacoma" : "Seattle"
            case 1: rows[index].email = "desk\(Int.random(in: 0..<3, using: &generator))@example.com"
            case 2: rows[index].isFlawed.toggle()
            case 3: absent.formSymmetricDifference([rows[index].number])
            case 4: rows[index].externalId = rows[index].externalId.isEmpty ? "crm-\(rows[index].number)" : ""
            default: rows[index].domain = otherDomain(rows[index], using: &generator)
            }
        }
    }

    /// Corrects a row that was reported at fault, as a person would.
    mutating func correct(_ company: String, _ status: String, using generator: inout SeededGenerator) {
        guard let index = rows.firstIndex(where: { $0.companyName == company }) else { return }
        rows[index].isFlawed = false
        guard status != "invalid" else { return }
        if Bool.random(using: &generator) { rows[index].domain = otherDomain(rows[index], using: &generator) }
        if Bool.random(using: &generator) { rows[index].email = "desk@example.com" }
        if status == "duplicate", Bool.random(using: &generator) {
            rows[index].externalId = "crm-\(rows[index].number)-2"
        }
    }

    private func otherDomain(_ row: BookRow, using generator: inout SeededGenerator) -> String {
        "harbour\(row.number)x\(Int.random(in: 0..<3, using: &generator)).onmicrosoft.com"
    }
}
