import Jobs
import PartnerCenterClient
import Testing

@testable import CommandLineTool

/// What a person sees of an import while it works.
struct ProgressLineTests {
    private static func rows(_ read: Int, _ done: Int, _ total: Int?) -> ImportProgress.Snapshot {
        var rows = ImportProgress.Snapshot()
        (rows.read, rows.done, rows.total) = (read, done, total)
        (rows.created, rows.troubled) = (done - 2, 2)
        return rows
    }

    @Test func aLineIsWrittenOverProgressAndNotBehindIt() {
        #expect(StandardErrorLine.text(of: "a", over: true) == "\r\u{1B}[Ka\n")
        #expect(StandardErrorLine.text(of: "a", over: false) == "a\n")
        #expect(StandardErrorLine.text(ofProgress: "1 of 2", over: true, isTerminal: true) == "\r\u{1B}[K1 of 2")
        #expect(StandardErrorLine.text(ofProgress: "", over: true, isTerminal: true) == "\r\u{1B}[K")
        #expect(StandardErrorLine.text(ofProgress: "", over: false, isTerminal: true).isEmpty)
    }

    @Test func progressThatNoTerminalShowsStandsInLinesOfItsOwn() {
        #expect(StandardErrorLine.text(ofProgress: "1 of 2", over: false, isTerminal: false) == "1 of 2\n")
        #expect(StandardErrorLine.text(ofProgress: "", over: false, isTerminal: false).isEmpty)
    }

    @Test(arguments: [
        (
            rows(130, 120, nil), ServiceCounts(inFlight: 8), 41.7,
            "120 rows, 130 read (41/s), 118 created, 2 need attention, 8 in flight"
        ),
        (
            rows(130, 120, 500), ServiceCounts(inFlight: 8), 41.7,
            "120 of 500 rows (41/s), 118 created, 2 need attention, 8 in flight, 10 s left"
        ),
        (
            rows(130, 120, 50_000), ServiceCounts(throttled: .seconds(30), inFlight: 0, pause: .seconds(11.5)), 8.33,
            "120 of 50000 rows (8.3/s), 118 created, 2 need attention, 0 in flight, paused for 12 s, 1 h 40 min left"
        ),
        (
            rows(130, 120, 500), ServiceCounts(throttled: .seconds(100), inFlight: 1), 0,
            "120 of 500 rows (0.0/s), 118 created, 2 need attention, 1 in flight, throttled 2 min"
        ),
        // One that has grown since it was counted.
        (
            rows(600, 600, 500), ServiceCounts(), 100,
            "600 of 600 rows (100/s), 598 created, 2 need attention, 0 in flight"
        ),
    ])
    func aLineTellsHowFarItIsAndWhatItWaitsFor(
        rows: ImportProgress.Snapshot,
        service: ServiceCounts,
        rate: Double,
        line: String
    ) {
        #expect(ProgressLine.text(rows, service, rate: rate) == line)
    }

    @Test func thePaceIsThatOfTheLastTenSeconds() {
        var pace = Pace()
        #expect(pace.rate == 0)
        pace.add(0, at: .zero)
        #expect(pace.rate == 0)
        pace.add(1000, at: .seconds(5))
        #expect(pace.rate == 200)
        for second in 6...30 { pace.add(1000, at: .seconds(second)) }
        #expect(pace.rate == 0)
    }
}
