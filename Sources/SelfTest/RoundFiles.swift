internal import FoundationEssentials
internal import Platform

/// The files of a round, all in one folder.
struct RoundFiles: Hashable, Sendable {
    let folder: String

    /// Names a round's files.
    ///
    /// - Parameter folder: the folder, which is made by `make`.
    init(_ folder: String) { self.folder = folder }

    private func path(_ name: String) -> String { Folder.join(folder, name) }

    var manifest: String { path("customers.csv") }
    /// The corrections of an import, with its cells filled in.
    var corrected: String { path("corrected.csv") }
    var checkpoint: String { path("purser.checkpoint") }
    var reports: String { path("reports") }
    var scenario: String { path("scenario.json") }
    /// The local Partner Center's own database.
    var store: String { path("service.db") }
    /// Where the local Partner Center says where it is.
    var address: String { path("emulator.out") }
    var emulatorErrors: String { path("emulator.err") }
    /// What the imports printed.
    var output: String { path("import.out") }
    var errors: String { path("import.err") }
    var corrections: String { Folder.join(reports, "customers.csv.corrections.csv") }
    var credentials: String { Folder.join(reports, "credentials.csv") }
    var summary: String { Folder.join(reports, "summary.json") }

    /// The results of a manifest.
    func results(_ manifest: String) -> String { Folder.join(reports, "\(Folder.name(of: manifest)).results.csv") }

    /// Makes the folder.
    func make() throws(SystemError) { try Folder.make(folder) }

    /// Puts a file in place.
    func write(_ bytes: [UInt8], to path: String) throws(SystemError) {
        var file = try ReplacementFile(path)
        try file.write(bytes)
        try file.commit()
    }

    /// Whether a run writes its reports now.
    ///
    /// - Parameter process: the run's process.
    /// - Returns: true while the results are beside their place.
    func isReporting(_ process: Int32) -> Bool {
        Folder.exists(Folder.join(reports, ".customers.csv.results.csv.\(process).part"))
    }

    /// Reads a CSV of Purser's own.
    ///
    /// - Parameter path: the file.
    /// - Returns: the table.
    /// - Throws: `SystemError` where it can't be read.
    static func table(_ path: String) throws(SystemError) -> CSVTable {
        let file = try File(path, .read)
        return CSVTable(try file.read(atMost: file.size()))
    }

    /// What the last import says of itself.
    struct Summary: Decodable, Hashable, Sendable {
        var rows = 0
        var counts: [String: Int] = [:]
        var attempts = 0

        /// The rows that another run would go on with.
        var open: Int { ["failed", "unknown", "pending"].reduce(0) { $0 + (counts[$1] ?? 0) } }
    }

    /// Reads the last import's summary.
    func readSummary() throws -> Summary {
        try JSONDecoder().decode(Summary.self, from: Data(try File(summary, .read).read(atMost: 1 << 20)))
    }
}
