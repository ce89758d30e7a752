import Foundation
import TestSupport
import Testing

/// An import as a user runs it, against the local Partner Center inside the process.
struct ImportTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func run(_ arguments: String...) throws -> PurserProcess.Result {
        try PurserProcess.run(arguments, in: folder.path)
    }

    @Test func everyGoodRowBecomesACustomerOnce() throws {
        _ = try folder.write(ManifestText.rows(1...40), to: "customers.csv")
        #expect(try run("import", "customers.csv").exitCode == 0)
        let first = try Results(of: "customers.csv", in: folder)
        #expect(first.count("created") == 40)
        #expect(first.summary.counts["created"] == 40)

        #expect(try run("import", "customers.csv").exitCode == 0)
        let second = try Results(of: "customers.csv", in: folder)
        #expect(second.count("unchanged") == 40)
        #expect(second.summary.attempts == 0)
        #expect(second.rows.map { $0["customerId"] } == first.rows.map { $0["customerId"] })
        #expect(second.rows.map { $0["idempotencyKey"] } == first.rows.map { $0["idempotencyKey"] })
    }

    @Test func theLogTellsEveryAttemptWithItsRowAndItsRun() throws {
        _ = try folder.write(ManifestText.rows(1...3), to: "customers.csv")
        let result = try run(
            "import",
            "customers.csv",
            "--log-format",
            "json",
            "--log-level",
            "debug",
            "--progress",
            "never"
        )
        let entries = try result.errors.split(separator: "\n").map { line in
            try JSONDecoder().decode([String: String].self, from: Data(line.utf8))
        }
        let attempts = entries.filter { $0["message"] == "A request to create a customer has ended" }
        let results = try Results(of: "customers.csv", in: folder)
        #expect(attempts.compactMap { $0["row"] }.sorted() == ["1", "2", "3"])
        #expect(Set(attempts.map { $0["requestId"] }) == Set(results.rows.map { $0["idempotencyKey"] }))
        for attempt in attempts {
            #expect(attempt["run"]?.count == 36)
            #expect(attempt["manifest"] == folder("customers.csv"))
            #expect(attempt["attempt"] == "1" && attempt["status"] == "201" && attempt["outcome"] == "created")
            #expect(attempt["correlationVector"]?.isEmpty == false)
        }
    }

    @Test func theCredentialsFileHasEveryPasswordOnceAndIsPrivate() throws {
        _ = try folder.write(ManifestText.rows(1...40), to: "customers.csv")
        _ = try run("import", "customers.csv")
        _ = try run("import", "customers.csv")
        let credentials = try Results.table(try folder.read("reports/credentials.csv"))
        let results = try Results(of: "customers.csv", in: folder)
        #expect(Set(credentials.map { $0["customerId"] }) == Set(results.rows.map { $0["customerId"] }))
        #expect(credentials.count == 40)
        #expect(credentials.allSatisfy { $0["password"]?.isEmpty == false })
        let attributes = try FileManager.default.attributesOfItem(atPath: folder("reports/credentials.csv"))
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test func noPasswordStaysInTheCheckpoint() throws {
        _ = try folder.write(ManifestText.rows(1...40), to: "customers.csv")
        _ = try run("import", "customers.csv")
        let passwords = try Results.table(try folder.read("reports/credentials.csv")).compactMap { $0["password"] }
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        let checkpoints = files.filter { $0.hasPrefix("purser.checkpoint") && !$0.contains("partner-center") }
        #expect(!passwords.isEmpty && !checkpoints.isEmpty)
        for file in checkpoints {
            let bytes = try Data(contentsOf: URL(filePath: folder(file)))
            for password in passwords { #expect(bytes.range(of: Data(password.utf8)) == nil) }
        }
    }

    @Test func rowsThatNeedAPersonComeBackAsCorrectionsAndAreSentOnceCorrected() throws {
        let bad = ManifestText.row(2).replacing(",US,", with: ",USA,").replacing("crm-2", with: "=crm-2")
        _ = try folder.write(ManifestText.rows([1]) + bad + "\n" + ManifestText.row(3) + "\n", to: "customers.csv")
        #expect(try run("import", "customers.csv").exitCode == 1)
        var corrections = try folder.read("reports/customers.csv.corrections.csv")
        #expect(corrections.split(whereSeparator: \.isNewline).count == 2)
        #expect(corrections.contains("'=crm-2"))

        _ = try folder.write(corrections, to: "corrections.csv")
        #expect(try run("import", "corrections.csv").exitCode == 1)
        #expect(try Results(of: "corrections.csv", in: folder).summary.attempts == 0)

        corrections = corrections.replacing(",USA,", with: ",US,")
        _ = try folder.write(corrections, to: "corrections.csv")
        #expect(try run("import", "corrections.csv").exitCode == 0)
        let results = try Results(of: "corrections.csv", in: folder)
        #expect(results.count("created") == 1)
        #expect(results.summary.attempts == 1)
    }

    @Test func aRowWithTooManyCellsKeepsThemInTheCorrectionsAndIsAtFaultUntilTheyAreMoved() throws {
        let bad = ManifestText.row(2).replacing("2 Mill Road", with: "2 Mill Road, Back Yard")
        _ = try folder.write(ManifestText.rows([1]) + bad + "\n", to: "customers.csv")
        #expect(try run("import", "customers.csv").exitCode == 1)
        let corrections = try folder.read("reports/customers.csv.corrections.csv")
        #expect(corrections.hasSuffix(",206-555-0100\r\n"))

        _ = try folder.write(corrections, to: "corrections.csv")
        #expect(try run("import", "corrections.csv").exitCode == 1)
        let again = try Results(of: "corrections.csv", in: folder)
        #expect(again.rows.map { $0["code"] } == ["csv.tooManyCells"])

        let header = corrections.prefix { !$0.isNewline }
        _ = try folder.write("\(header)\r\n\(ManifestText.row(2)),invalid,moved\r\n", to: "corrections.csv")
        #expect(try run("import", "corrections.csv").exitCode == 0)
        #expect(try Results(of: "corrections.csv", in: folder).count("created") == 1)
    }

    @Test func aManifestMayBeSortedExtendedAndShortenedBetweenRuns() throws {
        _ = try folder.write(ManifestText.rows(1...10), to: "customers.csv")
        _ = try run("import", "customers.csv")
        _ = try folder.write(ManifestText.rows((5...12).reversed()), to: "customers.csv")
        #expect(try run("import", "customers.csv").exitCode == 0)
        let results = try Results(of: "customers.csv", in: folder)
        #expect(results.rows.map { $0["status"] } == ["created", "created"] + Array(repeating: "unchanged", count: 6))
    }

    @Test func aChangedRowOfACustomerThatExistsIsAConflictThatNamesWhatDiffers() throws {
        _ = try folder.write(ManifestText.rows([1]), to: "customers.csv")
        _ = try run("import", "customers.csv")
        _ = try folder.write(ManifestText.rows([1]).replacing("Seattle", with: "Tacoma"), to: "customers.csv")
        #expect(try run("import", "customers.csv").exitCode == 1)
        let results = try Results(of: "customers.csv", in: folder)
        #expect(results.count("conflict") == 1)
        #expect(results.rows[0]["field"] == "city")
        #expect(results.summary.attempts == 0)
    }

    @Test func anExportGoesThroughLinksAndPipes() throws {
        _ = try folder.write(ManifestText.rows(1...3), to: "customers.csv")
        _ = try run("import", "customers.csv")
        _ = try folder.write("old", to: "target.csv")
        try FileManager.default.createSymbolicLink(atPath: folder("link.csv"), withDestinationPath: "target.csv")
        #expect(try run("export", "--to", "link.csv").exitCode == 0)
        #expect(try folder.read("target.csv").split(whereSeparator: \.isNewline).count == 4)
        let piped = try run("export", "--to", "/dev/stdout", "--format", "jsonl")
        #expect(piped.output.split(separator: "\n").count == 3)
    }

    @Test func theEmbeddedServicesStoreIsPrivate() throws {
        _ = try folder.write(ManifestText.rows(1...3), to: "customers.csv")
        _ = try run("import", "customers.csv")
        let store = folder("purser.checkpoint.partner-center")
        let attributes = try FileManager.default.attributesOfItem(atPath: store)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test func aManifestGivenTwiceIsReadOnce() throws {
        _ = try folder.write(ManifestText.rows(1...3), to: "customers.csv")
        let result = try run("import", "customers.csv", "./customers.csv")
        #expect(result.exitCode == 0)
        #expect(result.errors.contains("read once"))
        #expect(try Results(of: "customers.csv", in: folder).summary.counts["created"] == 3)
    }

    @Test func aManifestMayComeFromAPipe() throws {
        _ = try folder.write(ManifestText.rows(1...3), to: "customers.csv")
        let writer = try folder.startWriting("customers.csv", into: "pipe.csv")
        defer { writer.waitUntilExit() }
        #expect(try run("import", "pipe.csv").exitCode == 0)
        #expect(try Results(of: "pipe.csv", in: folder).count("created") == 3)
    }

    @Test func aCustomerThatStandsTwiceIsSentOnce() throws {
        let sameDomain = ManifestText.row(1).replacing("crm-1", with: "crm-99")
        let sameName = ManifestText.row(2).replacing("crm-2", with: "crm-1")
        _ = try folder.write(ManifestText.rows([1]) + sameDomain + "\n" + sameName + "\n", to: "customers.csv")
        #expect(try run("import", "customers.csv").exitCode == 1)
        let results = try Results(of: "customers.csv", in: folder)
        #expect(results.rows.map { $0["status"] } == ["created", "duplicate", "duplicate"])
    }

    @Test func aDryRunSaysWhatWouldBeSentAndChangesNothing() throws {
        _ = try folder.write(ManifestText.rows(1...3), to: "customers.csv")
        _ = try run("import", "customers.csv")
        _ = try folder.write(ManifestText.rows(1...5), to: "customers.csv")
        #expect(try run("import", "customers.csv", "--dry-run").exitCode == 0)
        let rehearsed = try Results(of: "customers.csv", in: folder)
        #expect(rehearsed.count("ready") == 2)
        #expect(rehearsed.count("unchanged") == 3)
        _ = try run("import", "customers.csv")
        #expect(try Results(of: "customers.csv", in: folder).count("created") == 2)
    }

    @Test func aDryRunNeedsNeitherTokenNorService() throws {
        _ = try folder.write(ManifestText.rows(1...3), to: "customers.csv")
        let result = try run("import", "customers.csv", "--dry-run", "--endpoint", "https://service.example")
        #expect(result.exitCode == 0)
        #expect(try Results(of: "customers.csv", in: folder).count("ready") == 3)
        #expect(!FileManager.default.fileExists(atPath: folder("purser.checkpoint")))
    }

    @Test func anExportHasEveryCustomerAndImportedAgainSendsNothing() throws {
        _ = try folder.write(ManifestText.rows(1...30), to: "customers.csv")
        _ = try run("import", "customers.csv")
        #expect(try run("export", "--to", "export.csv").exitCode == 0)
        let exported = try Results.table(try folder.read("export.csv"))
        #expect(exported.count == 30)
        #expect(exported.allSatisfy { $0["city"] == "Seattle" && $0["customerId"]?.isEmpty == false })
        #expect(try run("export", "--to", "export.jsonl").exitCode == 0)
        #expect(try folder.read("export.jsonl").split(separator: "\n").count == 30)

        #expect(try run("import", "export.csv").exitCode == 0)
        let results = try Results(of: "export.csv", in: folder)
        #expect(results.count("unchanged") == 30)
        #expect(results.summary.attempts == 0)
    }
}
