import Emulator
import Foundation
import Testing

struct ScenarioFileTests {
    private static let samples = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "samples/scenarios")

    private static var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: samples.path()).sorted() }
    }

    @Test func everySampleIsReadAndCommented() throws {
        let names = try Self.names
        #expect(names.count >= 15)
        for name in names {
            let bytes = [UInt8](try Data(contentsOf: Self.samples.appending(path: name)))
            let plan = try ScenarioFile.read(bytes, path: name)
            #expect(!plan.rules.isEmpty || plan.behaviour != ServiceBehaviour(), "\(name)")
            #expect(String(decoding: bytes, as: UTF8.self).contains("//"), "\(name)")
        }
    }

    @Test(arguments: [
        ("[]", "the file: must be an object: { … }"), ("{", "line 1, column 2: the text ends too early; correct it"),
        (#"{"seeds":1}"#, "seeds: no such member; did you mean seed?"),
        (#"{"seed":-1}"#, "seed: must be a whole number from 0 up"),
        (#"{"rules":{}}"#, "rules: must be a list: [ … ]"),
        (#"{"rules":[{}]}"#, "rules[0]: the member fault is missing"),
        (#"{"rules":[{"fault":"latancy"}]}"#, "rules[0].fault: no such name; did you mean latency?"),
        (#"{"rules":[{"fault":"latency"}]}"#, "rules[0]: the member delay is missing"),
        (
            #"{"rules":[{"fault":"cutBody"},{"fault":"latency","delay":"5 years"}]}"#,
            "rules[1].delay: must be a duration such as 250ms, 90s, 2m or 1h"
        ),
        (#"{"rules":[{"fault":"throttle","chance":2}]}"#, "rules[0].chance: must be a number from 0 to 1"),
        (
            #"{"rules":[{"fault":"throttle","retryAftr":2}]}"#,
            "rules[0].retryAftr: no such member; did you mean retryAfter?"
        ),
        (#"{"rules":[{"fault":"throttle","count":1,"chance":0.5}]}"#, "rules[0].count: give either count or chance"),
        (#"{"rules":[{"fault":"throttle","count":1,"count":2}]}"#, "rules[0].count: stands twice; give it once"),
        (
            #"{"rules":[{"fault":"cutBody","when":"received"}]}"#,
            "rules[0].when: a fault of this kind strikes at: beforeAnswer"
        ),
        (
            #"{"rules":[{"fault":"latency","delay":1,"when":"received","domain":"a*"}]}"#,
            "rules[0].domain: a domain is not known when a request is received; give another when"
        ),
        (#"{"rules":[{"fault":"error","status":200}]}"#, "rules[0].status: must be a whole number from 400 to 599"),
        (#"{"service":{"links":"absolut"}}"#, "service.links: no such name; did you mean absolute?"),
        (#"{"service":{"byteOrderMark":"no"}}"#, "service.byteOrderMark: must be true or false"),
    ])
    func aMistakeIsNamedWithItsPlaceAndWhatCouldBeMeant(json: String, message: String) {
        let error = #expect(throws: EmulatorError.self) { try ScenarioFile.read([UInt8](json.utf8), path: "s.json") }
        #expect(error?.kind == .foreign)
        #expect(error?.message == "s.json: \(message)")
    }

    @Test func whatIsSaidIsWhatIsPlanned() throws {
        let json = """
            {"seed": 7, "service": {"visibleAfter": "1.5s", "replays": "none", "createStatus": 200}, "rules": [
                {"fault": "latency", "delay": "250ms", "operation": "list", "after": 2, "count": 3},
                {"fault": "lostAnswer", "domain": "A*.NET", "chance": 0.25},
                {"fault": "throttle", "retryAfterDate": 3, "operation": "domainCheck", "domain": "a.b"}]}
            """
        let plan = try ScenarioFile.read([UInt8](json.utf8), path: "s.json")
        #expect(plan.seed == 7)
        #expect(plan.behaviour.visibleAfter == .milliseconds(1500))
        #expect(plan.behaviour.replays == .none)
        #expect(
            plan.rules == [
                FaultPlan.Rule(.delay(.milliseconds(250)), at: .received, of: .list, .times(3, after: 2)),
                FaultPlan.Rule(.cutConnection, at: .afterCommit, .chance(0.25), domain: "a*.net"),
                FaultPlan.Rule(.throttledUntil(seconds: 3), at: .received, of: .domainCheck, domain: "a.b"),
            ]
        )
    }
}
