import Foundation
import Platform
import TestSupport
import Testing

@testable import Telemetry

struct LoggerTests {
    @Test(arguments: Logger.Level.allCases)
    func entriesBelowTheLevelAreLeftOut(level: Logger.Level) {
        let sink = MemoryLogSink()
        let logger = Logger(level: level, sink: sink)
        for other in Logger.Level.allCases { logger.log(other, "Something happened") }
        #expect(sink.entries.map(\.level) == Logger.Level.allCases.filter { $0 >= level })
    }

    @Test func whatEveryEntryHasStandsBehindItsOwn() {
        let sink = MemoryLogSink()
        let logger = Logger(level: .info, sink: sink)
        logger.adding("run", "7").log(.info, "Something happened", ["row": "3"])
        logger.log(.info, "Something happened")
        #expect(sink.entries[0].text.hasSuffix("Something happened row=3 run=7"))
        #expect(sink.entries[1].metadata.isEmpty)
    }

    @Test func metadataIsNotEvaluatedForAnEntryThatIsLeftOut() {
        func value() -> String {
            Issue.record("evaluated")
            return ""
        }
        Logger(level: .error, sink: MemoryLogSink()).log(.info, "Something happened", ["value": value()])
    }

    @Test(arguments: [
        ("57", "57"), ("", "\"\""), ("a b", "\"a b\""), ("line\nbreak", "\"line\\nbreak\""),
        ("say \"no\"", "\"say \\\"no\\\"\""),
        ("zoë", "zoë"),
    ])
    func aTextLineStaysOneLine(value: String, written: String) {
        let entry = entry(value)
        #expect(entry.text == "2026-11-21T13:40:00.000Z warning Something happened value=\(written)")
    }

    @Test(arguments: ["57", "", "line\nbreak\r\t", "say \"no\" \\ never", "\u{1}\u{7F}", "zoë 회사"])
    func aJSONLineIsReadBackAsWritten(value: String) throws {
        let line = entry(value).json
        let object = try JSONDecoder().decode([String: String].self, from: Data(line.utf8))
        #expect(!line.contains("\n"))
        #expect(object["value"] == value)
        #expect(object["level"] == "warning")
        #expect(object["message"] == "Something happened")
    }

    private func entry(_ value: String) -> LogEntry {
        LogEntry(
            time: Timestamp(milliseconds: 1_795_268_400_000),
            level: .warning,
            message: "Something happened",
            metadata: [LogEntry.Pair(name: "value", value: value)]
        )
    }
}
