import Foundation
import TestSupport
import Testing

/// A folder with a manifest, and a local Partner Center that it is imported into.
final class ImportSite {
    let folder: TemporaryFolder
    private let emulator: PurserProcess
    let endpoint: String

    /// Starts the Partner Center, and writes a manifest of good rows.
    ///
    /// - Parameters:
    ///   - rows: how many rows the manifest has.
    ///   - rules: the rules of its scenario, as JSON objects.
    init(rows: Int, rules: String = "") throws {
        folder = try TemporaryFolder()
        _ = try folder.write(ManifestText.rows(1...rows), to: "customers.csv")
        let scenario = try folder.write("{ \"rules\": [\(rules)] }", to: "scenario.json")
        let options = ["--store", folder("service.db"), "--scenario", scenario]
        emulator = try PurserProcess(["emulator"] + options, in: folder.path)
        endpoint = String(emulator.firstLine().dropFirst("listening on ".count))
    }

    deinit { emulator.signal(SIGKILL) }

    /// Starts an import.
    func start(
        _ arguments: [String] = [],
        manifest: String = "customers.csv",
        shell: String = ""
    ) throws -> PurserProcess {
        try PurserProcess(
            ["import", manifest, "--endpoint", endpoint, "--requests-per-minute", "0"] + arguments,
            in: folder.path,
            environment: ["PURSER_TOKEN": "emulator"],
            shell: shell
        )
    }

    /// Imports, to the import's end.
    func run(
        _ arguments: [String] = [],
        manifest: String = "customers.csv",
        shell: String = ""
    ) throws -> PurserProcess.Result {
        try start(arguments, manifest: manifest, shell: shell).wait()
    }

    /// The customers' identifiers, as the service holds them.
    func customers() throws -> [String] {
        let options = ["--endpoint", endpoint, "--requests-per-minute", "0"]
        let export = try PurserProcess.run(
            ["export", "--to", folder("export.csv")] + options,
            in: folder.path,
            environment: ["PURSER_TOKEN": "emulator"]
        )
        #expect(export.exitCode == 0, "\(export.errors)")
        return try Results.table(try folder.read("export.csv")).compactMap { $0["customerId"] }
    }

    /// The identifiers in a credentials file.
    func credentials(_ file: String = "reports/credentials.csv") throws -> [String] {
        try Results.table(try folder.read(file)).compactMap { $0["customerId"] }
    }

    /// Expects that every row has one customer, its identifier in the results, and its password on file once.
    func expectNothingLost(
        rows: Int,
        reports: String = "reports",
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let held = try customers()
        #expect(held.count == rows, sourceLocation: sourceLocation)
        let results = try Results.table(try folder.read("\(reports)/customers.csv.results.csv"))
        #expect(results.compactMap { $0["customerId"] }.sorted() == held.sorted(), sourceLocation: sourceLocation)
        #expect(try credentials("\(reports)/credentials.csv").sorted() == held.sorted(), sourceLocation: sourceLocation)
    }
}
