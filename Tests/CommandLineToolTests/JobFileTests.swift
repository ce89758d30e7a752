import Foundation
import Onboarding
import PartnerCenterClient
import Platform
import TestSupport
import Testing

@testable import CommandLineTool

/// Job files as they are read, and the schema that editors check them by.
struct JobFileTests {
    private func read(_ text: String, path: String = "/jobs/job.json") throws -> JobFile {
        try JobFile(Array(text.utf8), path: path)
    }

    private func problem(_ text: String) -> String {
        do {
            _ = try read(text, path: "job.json")
            return "none"
        } catch {
            guard let error = error as? InputError, error.isConfiguration, ExitCode(for: error).rawValue == 78 else {
                return "another error: \(error)"
            }
            return error.description
        }
    }

    @Test func everyMemberIsRead() throws {
        let job = try read(
            """
            { // The contract's own example.
              "job": "nightly-onboarding", "endpoint": "https://api.partnercenter.microsoft.com",
              "auth": { "flow": "client-credentials", "tenant": "t", "clientId": "c", "clientSecretFile": "secret" },
              "manifests": ["inbox/*"], /* several */
              "columns": { "Kundenname": "companyName" },
              "defaults": { "culture": "en-US", "language": "en" },
              "domainSuffix": "onmicrosoft.com", "maxInFlight": 8, "requestsPerMinute": 500, "timeout": 90,
              "dryRun": true, "strict": false, "acceptRepairs": ["spaces-around"], "reportFormats": ["csv", "jsonl"],
              "checkpoint": "state/onboarding.checkpoint", "reports": "/outbox", "deadline": "2h",
              "sealFor": ["a.pem", "/keys/b.pem"],
              "giveUpAfter": "10m", "visibleWithin": "3m", "consistencyToken": true,
            }
            """.replacing("\"spaces-around\"", with: "\"\(try #require(RuleDescription.repairable.first))\"")
        )
        #expect(job.name == "nightly-onboarding")
        #expect(job.manifests == ["inbox/*"])
        #expect(job.columns == ["Kundenname": .companyName])
        #expect(job.defaults == [.culture: "en-US", .language: "en"])
        #expect(
            job.values == [
                "endpoint": "https://api.partnercenter.microsoft.com", "domain-suffix": "onmicrosoft.com",
                "max-in-flight": "8", "requests-per-minute": "500", "timeout": "90", "dry-run": "", "deadline": "2h",
                "give-up-after": "10m", "visible-within": "3m", "consistency-token": "",
                "accept-repairs": RuleDescription.repairable[0], "report-formats": "csv,jsonl",
                "checkpoint": "/jobs/state/onboarding.checkpoint", "reports": "/outbox",
                "seal-for": "/jobs/a.pem,/keys/b.pem",
            ]
        )
        guard case .clientCredentials(let address, "c", "/jobs/secret") = job.auth else {
            Issue.record("\(String(describing: job.auth))")
            return
        }
        #expect(address == TokenAuthority.Address(.global, tenant: "t"))
    }

    @Test(arguments: [
        ("{\"maxInFligt\": 3}", "job.json:1:2: $.maxInFligt is not known; did you mean maxInFlight?"),
        ("{\"max-in-flight\": 3}", "job.json:1:2: $['max-in-flight'] is not known; did you mean maxInFlight?"),
        ("{\n  \"maxInFlight\": 0}", "job.json:2:18: $.maxInFlight takes a whole number, 1 to 1024, not '0'"),
        ("{\"maxInFlight\": \"8\"}", "job.json:1:17: $.maxInFlight must be a whole number"),
        ("{\"maxInFlight\": null}", "job.json:1:17: $.maxInFlight must be a whole number"),
        ("{\"strict\": 1}", "job.json:1:12: $.strict must be true or false"),
        ("{\"encoding\": \"utf-88\"}", "job.json:1:14: $.encoding does not know 'utf-88'; did you mean UTF-8?"),
        ("{\"wire\": \"yaml\"}", "job.json:1:10: $.wire takes json"),
        ("{\"deadline\": 90}", "job.json:1:14: $.deadline must be a text"),
        ("{\"deadline\": \"soon\"}", "job.json:1:14: $.deadline takes a duration such as 90s, 45m or 2h, not 'soon'"),
        ("{\"giveUpAfter\": 300}", "job.json:1:17: $.giveUpAfter must be a text"),
        ("{\"giveUpAfter\": \"5\"}", "job.json:1:17: $.giveUpAfter takes a duration such as 90s, 45m or 2h, not '5'"),
        ("{\"consistencyToken\": \"yes\"}", "job.json:1:22: $.consistencyToken must be true or false"),
        (
            "{\"metricsFile\": \"a.txt\"}",
            "job.json:1:17: $.metricsFile takes a name that ends in .prom, as node_exporter"
        ),
        ("{\"acceptRepairs\": [\"foo\"]}", "job.json:1:19: $.acceptRepairs: unknown rule 'foo'"),
        ("{\"reportFormats\": \"docx\"}", "job.json:1:19: $.reportFormats takes a list of csv"),
        ("{\"endpoint\": \"http://192.0.2.1\"}", "job.json:1:14: $.endpoint: "),
        (
            "{\"columns\": {\"Kd. Nr\": \"compnyName\"}}",
            "$.columns['Kd. Nr'] names no column, 'compnyName'; did you mean"
        ),
        (
            "{\"defaults\": {\"cultur\": \"x\"}}",
            "job.json:1:15: $.defaults.cultur is no column that has a default; did you mean culture?"
        ),
        ("{\"defaults\": {\"customerId\": \"x\"}}", "$.defaults.customerId is no column that has a default"),
        ("{\"defaults\": {\"culture\": 1}}", "job.json:1:26: $.defaults.culture must be a text"),
        ("{\"manifests\": [\"a\", 1]}", "job.json:1:21: $.manifests[1] must be a text"),
        ("{\"manifests\": \"\"}", "job.json:1:15: $.manifests must be a text that is not empty"),
        ("{\"archive\": 1}", "job.json:1:13: $.archive must be a text"),
        (
            "{\"manifests\": \"in/*.csv\", \"archive\": \"./in/\"}",
            "job.json:1:38: $.archive is the folder that the manifests are taken from"
        ),
        ("{\"stableFor\": \"soon\"}", "job.json:1:15: $.stableFor takes a duration such as 2s or 1m, not 'soon'"),
        ("{\"wire\": \"json\",\n\"wire\": \"json\"}", "job.json:2:1: $.wire stands there twice"),
        ("{\"manifests\": [\"a\" \"b\"]}", "job.json:1:20: a comma is missing"),
        ("[]", "job.json:1:1: $ (the file itself) must be an object"), ("", "job.json:1:1: the text ends too early"),
        ("{\"auth\": {}}", "job.json:1:10: $.auth lacks the member flow"),
        ("{\"auth\": {\"flow\": \"comand\"}}", "job.json:1:19: $.auth.flow takes token-file, client-credentials"),
        ("{\"auth\": {\"flow\": \"comand\"}}", "not 'comand'; did you mean command?"),
        ("{\"auth\": {\"flow\": \"command\", \"tenant\": \"t\"}}", "$.auth.tenant does not go with the flow command"),
        ("{\"auth\": {\"flow\": \"command\"}}", "$.auth.command must be a list of a program"),
        (
            "{\"auth\": {\"flow\": \"command\", \"command\": [\"x\"], \"timeout\": 0}}",
            "$.auth.timeout must be a whole number"
        ),
        ("{\"auth\": {\"flow\": \"command\", \"command\": [\"x\"]}}", "$.auth is given, but no service"),
        ("{\"auth\": {\"flow\": \"token-file\"}}", "$.auth lacks the member tokenFile"),
        (
            "{\"auth\": {\"flow\": \"token-file\", \"tokenFile\": \"t\"}, \"tokenFile\": \"t\"}",
            "$.tokenFile and auth both say"
        ),
        ("{\"auth\": {\"flow\": \"client-credentials\", \"tenant\": \"a/b\"}}", "$.auth.tenant must be a domain"),
        ("{\"auth\": {\"flow\": \"client-credentials\", \"cloud\": \"chna\"}}", "$.auth.cloud takes global, china"),
        (
            "{\"auth\": {\"flow\": \"refresh-token\", \"tenant\": \"t\", \"authority\": \"http://192.0.2.1\"}}",
            "$.auth.authority must be https://HOST"
        ),
    ])
    func aMistakeIsToldWithItsPlaceAndItsPath(text: String, words: String) {
        #expect(problem(text).contains(words), "\(problem(text))")
    }

    @Test(arguments: ["clientSecret", "refreshToken"])
    func aSecretInAJobFileIsRefusedWithoutShowingIt(name: String) {
        let text = "{\"auth\": {\"flow\": \"refresh-token\", \"\(name)\": \"s3cret\"}}"
        #expect(problem(text).contains("$.auth.\(name) is a secret, which no job file holds; give \(name)File"))
        #expect(!problem(text).contains("s3cret"))
    }

    @Test func aCloudBringsItsService() throws {
        let auth = "\"flow\": \"client-credentials\", \"tenant\": \"t\", \"clientId\": \"c\", \"cloud\": \"21Vianet\""
        let job = try read("{\"auth\": {\(auth)}}")
        #expect(job.values["endpoint"] == NationalCloud.china.endpoint)
        let other = try read("{\"auth\": {\(auth)}, \"endpoint\": \"http://127.0.0.1:1\"}")
        #expect(other.values["endpoint"] == "http://127.0.0.1:1")
    }

    @Test func theCommandLineOverridesTheJobFileAndThatOverridesTheDefault() throws {
        let job = try read("{\"maxInFlight\": 3, \"attempts\": 4, \"dryRun\": true, \"manifests\": \"a.csv\"}")
        var arguments = try Arguments(["--max-in-flight", "5", "--job", "x"], for: ImportCommand.specification)
        try arguments.adopt(job, for: ImportCommand.specification)
        #expect(arguments.value("max-in-flight") == "5")
        #expect(arguments.value("attempts") == "4")
        #expect(arguments.flag("dry-run"))
        #expect(arguments.value("checkpoint") == "/jobs/purser.checkpoint")
        #expect(arguments.value("reports") == "/jobs/reports")
        #expect(arguments.operands == ["/jobs/a.csv"])
        var typed = try Arguments(["b.csv", "--job", "x"], for: ImportCommand.specification)
        try typed.adopt(job, for: ImportCommand.specification)
        #expect(typed.operands == ["b.csv"])
    }

    @Test func aJobWithoutManifestsNeedsSomeOnTheCommandLine() throws {
        var arguments = try Arguments(["--job", "x"], for: ImportCommand.specification)
        #expect(throws: UsageError.self) { try arguments.adopt(try read("{}"), for: ImportCommand.specification) }
    }

    @Test func aPatternStandsForFilesInNameOrderThatNobodyIsAtWorkOn() throws {
        let folder = try TemporaryFolder()
        // Signs in the job's own folder mean nothing but themselves.
        let jobs = folder("jobs [1]*")
        try FileManager.default.createDirectory(atPath: "\(jobs)/inbox/old.csv", withIntermediateDirectories: true)
        for name in ["b.csv", "a.csv", "C.csv", ".hidden.csv", "~$a.csv", "d.csv.part", "e.xlsx"] {
            _ = try folder.write("", to: "jobs [1]*/inbox/\(name)")
        }
        func found(_ manifests: String) throws -> [String] {
            try read("{\"manifests\": \(manifests)}", path: "\(jobs)/job.json").findManifests()
                .map { String($0.dropFirst(jobs.count + 1)) }
        }
        #expect(try found("[\"inbox/*\"]") == ["inbox/C.csv", "inbox/a.csv", "inbox/b.csv", "inbox/e.xlsx"])
        #expect(try found("[\"inbox/b.csv\", \"inbox/[Ca].csv\"]") == ["inbox/b.csv", "inbox/C.csv", "inbox/a.csv"])
        #expect(try found("\"missing.csv\"") == ["missing.csv"])
        #expect(try found("\"other/*\"") == [])
    }

    @Test(arguments: [
        ("{\"a\": {\"b\": [1, 2]}}", [JSONStep.member("a"), .member("b"), .element(1)], 1, 17),
        ("/* { */ {\n// \"a\": 0,\n\t\"a\": \"}\\\"\", \"b\": 1}", [.member("b")], 3, 19),
        ("{\"a\": 1, \"a\": 2}", [.member("a")], 1, 15), ("{\"\\u0061\": 7}", [.member("a")], 1, 12),
        ("\u{FEFF}{\"a\":7,}", [.member("a")], 1, 9), ("{\"a\": {}}", [.member("a"), .member("x")], 1, 7),
    ])
    func aPlaceIsFoundAmongCommentsAndTexts(text: String, path: [JSONStep], line: Int, column: Int) {
        let place = JSONPlace(of: path, in: Array(text.utf8))
        #expect(place.line == line)
        #expect(place.column == column)
    }
}

/// The schema and the examples, which must say what the reader does.
struct JobSchemaTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "jobs")

    private func schema() throws -> [String: Any] {
        let data = try Data(contentsOf: Self.folder.appending(path: "job.schema.json"))
        return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    private func properties(_ schema: [String: Any]) throws -> [String: Any] {
        try #require(schema["properties"] as? [String: Any])
    }

    @Test func theSchemaHasTheReadersMembers() throws {
        #expect(Set(try properties(try schema()).keys) == Set(JobFile.members))
        #expect(try schema()["additionalProperties"] as? Bool == false)
    }

    @Test func eachMemberIsOfTheKindThatTheReaderTakes() throws {
        let properties = try properties(try schema())
        for option in JobOption.all {
            let member = try #require(properties[option.name] as? [String: Any], "\(option.name)")
            let reference = (member["$ref"] as? String)?.replacing("#/$defs/", with: "")
            switch option.shape {
            case .text: #expect(member["type"] as? String == "string", "\(option.name)")
            case .path: #expect(reference == "path", "\(option.name)")
            case .wholeNumber: #expect(member["type"] as? String == "integer", "\(option.name)")
            case .flag: #expect(member["type"] as? String == "boolean", "\(option.name)")
            case .duration(plainSeconds: false): #expect(reference == "duration", "\(option.name)")
            case .duration(plainSeconds: true): #expect(reference == "secondsOrDuration", "\(option.name)")
            case .word(let words): #expect(member["enum"] as? [String] == words, "\(option.name)")
            case .list, .paths: #expect(reference == "texts", "\(option.name)")
            }
        }
    }

    @Test func whatTheSchemaCallsTheEndsOfANumberAreTheReaders() throws {
        for (name, member) in try properties(try schema()) {
            guard let member = member as? [String: Any], member["type"] as? String == "integer" else { continue }
            let minimum = try #require(member["minimum"] as? Int, "\(name)")
            let ends =
                [(minimum, true), (minimum - 1, false)]
                + ((member["maximum"] as? Int).map { [($0, true), ($0 + 1, false)] } ?? [])
            for (number, isTaken) in ends {
                let job = try? JobFile(Array("{\"\(name)\": \(number)}".utf8), path: "job.json")
                #expect((job != nil) == isTaken, "\(name) \(number)")
            }
        }
    }

    @Test func eachFlowHasItsMembers() throws {
        let definitions = try #require(try schema()["$defs"] as? [String: [String: Any]])
        let flows = try #require(definitions["auth"]?["oneOf"] as? [[String: Any]])
        var found: [String: Set<String>] = [:]
        for flow in flows {
            let properties = try properties(flow)
            let name = try #require((properties["flow"] as? [String: Any])?["const"] as? String)
            found[name] = Set(properties.keys)
        }
        #expect(found == Dictionary(uniqueKeysWithValues: AuthFlow.allCases.map { ($0.rawValue, Set($0.members)) }))
        #expect(definitions["cloud"]?["enum"] as? [String] == NationalCloud.names)
        let versions = TokenAuthority.Address.Version.allCases.map(\.rawValue)
        #expect(definitions["version"]?["enum"] as? [String] == versions)
        #expect(definitions["column"]?["enum"] as? [String] == JobFile.columns.map(\.name))
    }

    @Test(arguments: AuthFlow.allCases)
    func eachFlowHasAnExampleThatIsRead(flow: AuthFlow) throws {
        let job = try JobFile(Self.folder.appending(path: "\(flow.rawValue).json").path)
        let source = try #require(job.auth)
        let found: AuthFlow? =
            switch source {
            case .file: .tokenFile
            case .clientCredentials: .clientCredentials
            case .refreshToken: .refreshToken
            case .command: .command
            case .token: nil
            }
        #expect(found == flow)
    }
}
