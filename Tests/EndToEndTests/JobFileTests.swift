import Foundation
import TestSupport
import Testing

/// Job files and their ways to a token, against a local Partner Center that issues tokens.
struct JobFileTests {
    /// The client's secret, and the first refresh token: what must never be written.
    private static let secret = "Zq81-s3cret+for/the.job=="

    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        for name in ["jobs", "jobs/inbox", "secrets"] {
            try FileManager.default.createDirectory(atPath: folder(name), withIntermediateDirectories: true)
        }
    }

    /// Runs something while an emulator runs, with its address.
    private func withEmulator<Result>(_ scenario: String? = nil, _ work: (String) throws -> Result) throws -> Result {
        var arguments = ["emulator", "--token", Self.secret]
        if let scenario { arguments += ["--scenario", try folder.write(scenario, to: "scenario.json")] }
        let emulator = try PurserProcess(arguments, in: folder.path)
        defer {
            emulator.signal(SIGTERM)
            _ = emulator.wait()
        }
        let address = emulator.firstLine().split(separator: " ").last.map(String.init) ?? ""
        return try work(address)
    }

    enum Flow: String, CaseIterable, Sendable {
        case tokenFile, clientCredentials, refreshToken, command
    }

    /// Writes what a flow needs, with a secret, and returns the job's `auth`.
    private func auth(_ flow: Flow, _ address: String, secret: String, version: String = "v2") throws -> String {
        let client =
            "\"tenant\": \"contoso.example\", \"clientId\": \"c-1\", \"authority\": \"\(address)\", \"version\": \"\(version)\""
        switch flow {
        case .tokenFile:
            // The emulator takes the secret as a token, too.
            _ = try folder.write(secret, to: "secrets/token")
            return "{ \"flow\": \"token-file\", \"tokenFile\": \"../secrets/token\" }"
        case .clientCredentials:
            _ = try folder.write(secret + "\n", to: "secrets/client-secret")
            return "{ \"flow\": \"client-credentials\", \(client), \"clientSecretFile\": \"../secrets/client-secret\" }"
        case .refreshToken:
            _ = try folder.write(secret, to: "secrets/refresh-token")
            return "{ \"flow\": \"refresh-token\", \(client), \"refreshTokenFile\": \"../secrets/refresh-token\" }"
        case .command:
            let script = "#!/bin/sh\nset -x\necho \"asked for $1: \(secret)\" >&2\nprintf '%s\\n' '\(secret)'\n"
            _ = try folder.write(script, to: "secrets/get-token")
            #expect(chmod(folder("secrets/get-token"), 0o700) == 0)
            return "{ \"flow\": \"command\", \"command\": [\"../secrets/get-token\", \"partner center\"] }"
        }
    }

    private func writeJob(_ auth: String, _ address: String, _ more: String = "") throws {
        let text = """
            {
              // What cron starts.
              "job": "nightly",
              "endpoint": "\(address)",
              "auth": \(auth),
              "manifests": ["inbox/*"],
              "requestsPerMinute": 0, "attempts": 3,
              "checkpoint": "state.checkpoint", "reports": "outbox"\(more)
            }
            """
        _ = try folder.write(text, to: "jobs/job.json")
    }

    private func run(_ arguments: String..., environment: [String: String] = [:]) throws -> PurserProcess.Result {
        try PurserProcess.run(
            arguments + ["--log-level", "debug"],
            in: folder.path,
            environment: ["PURSER_TOKEN": ""].merging(environment) { $1 }
        )
    }

    /// The places where a secret stands that Purser was given, or that it was issued: all that it wrote is looked at.
    private func leaks(_ result: PurserProcess.Result, secrets: [String]) throws -> [String] {
        var written = [("standard output", Data(result.output.utf8)), ("standard error", Data(result.errors.utf8))]
        let files = try #require(FileManager.default.enumerator(atPath: folder.path))
        for case let name as String in files where !name.hasPrefix("secrets/") {
            guard let data = FileManager.default.contents(atPath: folder(name)) else { continue }
            written.append((name, data))
        }
        #expect(written.count > 4)
        // The beginning of a token tells of a leak, too: a line may be cut, and the rest be encoded for a form.
        // Nine digits: the name of the test's own folder has eight before a hyphen, now and then all of them numbers.
        let issued = try Regex("purser-[0-9a-f]{9}")
        let forms = secrets.flatMap { [String($0.prefix(10)), Data($0.utf8).base64EncodedString()] }.map {
            Data($0.utf8)
        }
        let passwords = try passwords()
        return written.filter { name, data in
            forms.contains { data.range(of: $0) != nil } || String(decoding: data, as: UTF8.self).contains(issued)
                || !name.hasSuffix("credentials.csv") && passwords.contains { data.range(of: $0) != nil }
        }.map(\.0)
    }

    /// The one-time passwords, which have one place only.
    private func passwords() throws -> [Data] {
        guard FileManager.default.fileExists(atPath: folder("jobs/outbox/credentials.csv")) else { return [] }
        let rows = try Results.table(try folder.read("jobs/outbox/credentials.csv"))
        return try rows.map { Data(try #require($0["password"]).utf8) }
    }

    @Test(arguments: Flow.allCases, ["text", "json"])
    func eachFlowCreatesCustomersAndNoSecretIsWritten(flow: Flow, logFormat: String) throws {
        _ = try folder.write(ManifestText.rows(1...20), to: "jobs/inbox/customers.csv")
        let result = try withEmulator { address in
            try writeJob(try auth(flow, address, secret: Self.secret), address)
            return try run("import", "--job", "jobs/job.json", "--log-format", logFormat)
        }
        #expect(try passwords().count == 20)
        #expect(result.exitCode == 0, "\(result.errors)")
        #expect(result.output == "nightly: 20 rows: 20 created; see jobs/outbox\n")
        #expect(try leaks(result, secrets: [Self.secret]) == [])
        #expect(FileManager.default.fileExists(atPath: folder("jobs/state.checkpoint")))
        if flow == .command { #expect(result.errors.contains("asked for partner center: <secret>")) }
        if flow == .refreshToken {
            let renewed = try folder.read("secrets/refresh-token")
            #expect(renewed.hasPrefix("purser-"))
            let attributes = try FileManager.default.attributesOfItem(atPath: folder("secrets/refresh-token"))
            #expect(attributes[.posixPermissions] as? Int == 0o600)
        }
    }

    @Test(arguments: Flow.allCases)
    func aRefusedSecretIs77AndIsNotWritten(flow: Flow) throws {
        let wrong = "wr0ng-s3cret-0815"
        _ = try folder.write(ManifestText.rows(1...5), to: "jobs/inbox/customers.csv")
        let result = try withEmulator { address in
            try writeJob(try auth(flow, address, secret: wrong), address)
            return try run("import", "--job", "jobs/job.json")
        }
        #expect(result.exitCode == 77, "\(result.errors)")
        #expect(try leaks(result, secrets: [wrong]) == [])
        let words =
            switch flow {
            case .tokenFile, .command: "get a valid token"
            case .clientCredentials:
                "(invalid_client); put the present client secret into jobs/../secrets/client-secret"
            case .refreshToken: "(invalid_grant); sign in again"
            }
        #expect(result.errors.contains(words), "\(result.errors)")
        #expect(result.output.contains("5 pending"))
    }

    /// Without a job file: the token of the environment, which is good or is refused.
    @Test(arguments: [true, false])
    func theEnvironmentsTokenIsNotWritten(isGood: Bool) throws {
        let token = isGood ? Self.secret : "wr0ng-t0ken-4711"
        _ = try folder.write(ManifestText.rows(1...5), to: "customers.csv")
        let result = try withEmulator { address in
            let arguments = ["import", "customers.csv", "--endpoint", address, "--reports", "jobs/outbox"]
            return try PurserProcess.run(
                arguments + ["--log-level", "debug"],
                in: folder.path,
                environment: ["PURSER_TOKEN": token]
            )
        }
        #expect(result.exitCode == (isGood ? 0 : 77), "\(result.errors)")
        #expect(try leaks(result, secrets: [token]) == [])
    }

    @Test(arguments: ["v1", "v2"])
    func theSecretMayComeFromTheEnvironment(version: String) throws {
        _ = try folder.write(ManifestText.rows(1...5), to: "jobs/inbox/customers.csv")
        let result = try withEmulator { address in
            let auth = try auth(.clientCredentials, address, secret: Self.secret, version: version)
                .replacing(", \"clientSecretFile\": \"../secrets/client-secret\"", with: "")
            try writeJob(auth, address)
            #expect(try run("import", "--job", "jobs/job.json").exitCode == 64)
            return try run("import", "--job", "jobs/job.json", environment: ["PURSER_CLIENT_SECRET": Self.secret])
        }
        #expect(result.exitCode == 0, "\(result.errors)")
        #expect(try leaks(result, secrets: [Self.secret]) == [])
    }

    @Test(arguments: [Flow.clientCredentials, .refreshToken])
    func aTokenIsRenewedInTheMiddleOfARun(flow: Flow) throws {
        _ = try folder.write(ManifestText.rows(1...60), to: "jobs/inbox/customers.csv")
        // Longer than three tokens live: and each of them ends without notice now and then.
        let scenario = """
            {"service": {"tokenLifetime": "2s"}, "rules": [
              {"fault": "latency", "operation": "create", "delay": "300ms"},
              {"fault": "expireToken", "operation": "create", "count": 1, "after": 20}]}
            """
        let result = try withEmulator(scenario) { address in
            try writeJob(try auth(flow, address, secret: Self.secret), address, ", \"maxInFlight\": 4")
            return try run("import", "--job", "jobs/job.json")
        }
        #expect(result.exitCode == 0, "\(result.errors)")
        #expect(result.output.contains("60 created"))
        #expect(result.errors.contains("The token was renewed before it expires"))
        #expect(try leaks(result, secrets: [Self.secret]) == [])
    }

    @Test func anIdentityServiceThatIsNotThereIs69AndLeavesEveryRowPending() throws {
        _ = try folder.write(ManifestText.rows(1...5), to: "jobs/inbox/customers.csv")
        try writeJob(try auth(.clientCredentials, "http://127.0.0.1:9", secret: Self.secret), "http://127.0.0.1:9")
        let result = try run("import", "--job", "jobs/job.json")
        #expect(result.exitCode == 69)
        #expect(result.errors.contains("no token from http://127.0.0.1:9/contoso.example/oauth2/v2.0/token"))
        #expect(result.output.contains("5 pending"))
        #expect(try leaks(result, secrets: [Self.secret]) == [])
    }

    @Test func theCommandLineOverridesTheJob() throws {
        _ = try folder.write(ManifestText.rows(1...5), to: "jobs/inbox/a.csv")
        _ = try folder.write(ManifestText.rows(6...8), to: "b.csv")
        try writeJob(try auth(.clientCredentials, "http://127.0.0.1:9", secret: Self.secret), "http://127.0.0.1:9")
        let result = try run(
            "import",
            "b.csv",
            "--job",
            "jobs/job.json",
            "--endpoint",
            "embedded",
            "--reports",
            "elsewhere"
        )
        #expect(result.exitCode == 0, "\(result.errors)")
        #expect(result.output == "nightly: 3 rows: 3 created; see elsewhere\n")
    }

    @Test func columnsAndDefaultsOfAJobHold() throws {
        let text = ManifestText.rows(1...3).replacing("companyName", with: "Kundenfirma")
            .replacing(",en-US,en,", with: ",,,")
        _ = try folder.write(text, to: "jobs/inbox/a.csv")
        _ = try folder.write(
            """
            {"manifests": "inbox/*.csv", "columns": {"Kundenfirma": "companyName"},
             "defaults": {"culture": "en-US", "language": "en"}}
            """,
            to: "jobs/job.json"
        )
        #expect(try run("validate", "--job", "jobs/job.json").exitCode == 0)
        let result = try run("import", "--job", "jobs/job.json")
        #expect(result.exitCode == 0, "\(result.errors)")
        #expect(result.output == "3 rows: 3 created; see jobs/reports\n")
        #expect(try run("export", "--job", "jobs/job.json", "--to", "all.csv").errors.contains("3 customers written"))
    }

    @Test func anEmptyInboxIsNoError() throws {
        _ = try folder.write("{\"manifests\": [\"inbox/*\"]}", to: "jobs/job.json")
        let result = try run("import", "--job", "jobs/job.json")
        #expect(result.exitCode == 0)
        #expect(result.output == "no manifest fits inbox/*; nothing to do\n")
        #expect(!FileManager.default.fileExists(atPath: folder("jobs/purser.checkpoint")))
    }

    @Test(arguments: [
        ("{\n  \"maxInFligt\": 3\n}", 78, "bad.json:2:3: $.maxInFligt is not known; did you mean maxInFlight?"),
        ("{\"encoding\": \"utf-88\"}", 78, "bad.json:1:14: $.encoding does not know 'utf-88'"),
        ("{\"auth\": {\"flow\": \"comand\"}}", 78, "bad.json:1:19: $.auth.flow"), ("{,}", 78, "bad.json:1:2: "),
        ("{\"manifests\": \"missing.csv\"}", 66, "missing.csv: "), ("{}", 64, "MANIFEST... is missing"),
    ])
    func aWrongJobFileIsOneLineThatHelps(text: String, exitCode: Int32, line: String) throws {
        _ = try folder.write(text, to: "bad.json")
        let result = try run("import", "--job", "bad.json")
        #expect(result.exitCode == exitCode)
        #expect(result.errorLines.count == 1, "\(result.errors)")
        #expect(result.errors.contains(line), "\(result.errors)")
        #expect(result.output.isEmpty)
    }

    @Test func aMissingJobFileIs66() throws {
        let result = try run("export", "--job", "nowhere.json", "--to", "x.csv")
        #expect(result.exitCode == 66)
        #expect(result.errors.contains("nowhere.json: "))
    }
}
