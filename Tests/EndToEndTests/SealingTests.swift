import Foundation
import TestSupport
import Testing

/// One-time passwords that are sealed for certificates: none is ever on disk as it is.
struct SealingTests {
    /// Every file that Purser wrote, and its content; those of the service and of openssl are not Purser's.
    private func files(of site: ImportSite) throws -> [String: Data] {
        let foreign = ["service.db", "scenario.json", "anna.", "ben.", "customers.csv", "sealed-"]
        var files: [String: Data] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: site.folder.path) {
            guard !foreign.contains(where: { name.hasPrefix($0) }) else { continue }
            files[name] = FileManager.default.contents(atPath: site.folder(name))
        }
        return files
    }

    /// What the service knows each customer's password to be, by the customer's id.
    private func passwords(_ site: ImportSite, with name: String) throws -> [String: String] {
        let certificates = Certificates(in: site.folder)
        var passwords: [String: String] = [:]
        for row in try Results.table(try site.folder.read("reports/credentials.csv")) {
            let cell = try #require(row["password"])
            #expect(cell.hasPrefix("cms:"))
            passwords[try #require(row["customerId"])] = try certificates.open(String(cell.dropFirst(4)), with: name)
        }
        return passwords
    }

    private func expectNoneInClear(_ passwords: [String: String], in files: [String: Data]) {
        #expect(files.keys.contains("purser.checkpoint"))
        for (name, content) in files {
            for password in passwords.values {
                #expect(content.range(of: Data(password.utf8)) == nil, "\(name) holds a password")
            }
        }
    }

    @Test func noPasswordIsOnDiskAsItIs() throws {
        let site = try ImportSite(rows: 20)
        let certificates = Certificates(in: site.folder)
        try certificates.make("anna")
        try certificates.make("ben", key: ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"])
        let formats = ["--report-formats", "csv,jsonl,xml,xlsx,html", "--log-level", "debug"]
        let result = try site.run(["--seal-for", "anna.pem", "--seal-for", "ben.pem"] + formats)
        #expect(result.exitCode == 0, "\(result.errors)")
        let passwords = try passwords(site, with: "anna")
        #expect(passwords.count == 20 && passwords.values.allSatisfy { $0.count >= 8 })
        #expect(try self.passwords(site, with: "ben") == passwords)
        expectNoneInClear(passwords, in: try files(of: site))
        for password in passwords.values { #expect(!(result.output + result.errors).contains(password)) }
    }

    /// The checkpoint is looked at as each kill left it: what is not on file yet is sealed there already.
    @Test(arguments: [1, 60, 140])
    func aKilledRunLeavesNoPasswordEitherAndTheNextOneForwardsWhatWasSealed(credentialsBeforeTheKill: Int) throws {
        let site = try ImportSite(rows: 300)
        try Certificates(in: site.folder).make("anna")
        let options = ["--seal-for", "anna.pem"]
        let killed = try site.start(options)
        site.folder.waitForLines(credentialsBeforeTheKill)
        killed.signal(SIGKILL)
        _ = killed.wait()
        let left = try files(of: site)
        #expect(try site.run(options).exitCode == 0)
        try site.expectNothingLost(rows: 300)
        let passwords = try passwords(site, with: "anna")
        #expect(passwords.count == 300)
        expectNoneInClear(passwords, in: left)
        expectNoneInClear(passwords, in: try files(of: site))
    }

    @Test(arguments: [
        (["--seal-for", "nobody.pem"], 66, "nobody.pem: can't open: No such file or directory"),
        (["--seal-for", "customers.csv"], 78, "customers.csv: holds no certificate in PEM"),
        (["--seal-for", "signing.pem"], 78, "signing.pem: the certificate is not for encryption"),
        (["--seal-for", "nobody.pem,"], 64, "--seal-for takes a list of files"),
    ])
    func aCertificateThatCantBeUsedStopsTheRunBeforeAnythingIsSent(
        options: [String],
        code: Int32,
        message: String
    ) throws {
        let site = try ImportSite(rows: 1)
        try Certificates(in: site.folder).make("signing", options: ["-addext", "keyUsage=digitalSignature"])
        let result = try site.run(options)
        #expect(result.exitCode == code)
        #expect(result.errorLines.first?.contains(message) == true, "\(result.errors)")
        #expect(try site.customers().isEmpty)
    }

    @Test func aJobNamesTheCertificates() throws {
        let site = try ImportSite(rows: 2)
        try FileManager.default.createDirectory(atPath: site.folder("keys"), withIntermediateDirectories: true)
        try Certificates(in: site.folder).make("anna")
        let job = "{ \"sealFor\": [\"../anna.pem\"], \"manifests\": \"../customers.csv\", \"reports\": \"../reports\" }"
        _ = try site.folder.write(job, to: "keys/job.json")
        let result = try site.run(["--job", "keys/job.json"])
        #expect(result.exitCode == 0, "\(result.errors)")
        #expect(try passwords(site, with: "anna").count == 2)
    }
}
