internal import FoundationEssentials
internal import Manifests
internal import SQLite

/// What a round left: the service's own records on one side, Purser's reports on the other.
struct Evidence: Hashable, Sendable {
    /// A customer, as the service's store has it.
    struct Customer: Hashable, Sendable {
        var id: String
        var domain: String
    }

    /// A line of a results file.
    struct Result: Hashable, Sendable {
        var name: String
        var status: String
        var customerId: String
    }

    /// A line of the credentials file.
    struct Credentials: Hashable, Sendable {
        var customerId: String
        var password: String
    }

    var customers: [Customer] = []
    /// The passwords that the service made, by customer; those of repeats that it does not keep are not here.
    var passwords: [String: String] = [:]
    var credentials: [Credentials] = []
    /// The results of the manifest, in its order.
    var results: [Result] = []
    /// The results of the corrected rows; none where nothing was corrected.
    var corrected: [Result] = []

    init() {}

    /// Reads what is in a round's folder; its processes have ended.
    ///
    /// - Parameters:
    ///   - files: the round's files.
    ///   - manifest: the names of the manifest's rows, in its order.
    ///   - corrected: the same of the corrected rows.
    /// - Throws: what can't be read.
    init(_ files: RoundFiles, manifest: [String], corrected: [String]) throws {
        try readStore(files.store)
        credentials = try RoundFiles.table(files.credentials).named().map {
            Credentials(customerId: $0["customerId"] ?? "", password: FormulaGuard.release($0["password"] ?? ""))
        }
        results = try Self.results(files.results(files.manifest), of: manifest)
        if !corrected.isEmpty { self.corrected = try Self.results(files.results(files.corrected), of: corrected) }
    }

    /// Results have the row's number, not its name: the two are brought together by the manifest's order.
    private static func results(_ path: String, of names: [String]) throws -> [Result] {
        try RoundFiles.table(path).named().map { record in
            let number = Int(record["row"] ?? "") ?? 0
            return Result(
                name: names.indices.contains(number - 1) ? names[number - 1] : "row \(number) of \(path)",
                status: record["status"] ?? "",
                customerId: record["customerId"] ?? ""
            )
        }
    }

    private mutating func readStore(_ path: String) throws {
        let database = try Database(path: path, mode: .read)
        defer { database.close() }
        let list = try database.prepare("SELECT id, domain_key FROM customer ORDER BY sequence")
        while try list.step() { customers.append(Customer(id: list.text(at: 0), domain: list.text(at: 1))) }
        let answers = try database.prepare("SELECT body FROM replay WHERE status BETWEEN 200 AND 299")
        while try answers.step() {
            let answer = try JSONDecoder().decode(Answer.self, from: Data(answers.bytes(at: 0)))
            passwords[answer.id] = answer.userCredentials?.password
        }
    }

    /// What matters of the answer to a create.
    private struct Answer: Decodable {
        struct UserCredentials: Decodable { var password: String }
        var id: String
        var userCredentials: UserCredentials?
    }
}
