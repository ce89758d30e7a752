import Platform
import TestSupport
import Testing

@testable import HTTP

struct RetryScheduleTests {
    @Test(arguments: [
        (1, 500), (2, 1000), (3, 2000), (4, 4000), (6, 16_000), (7, 30_000), (8, 30_000), (1_000, 30_000),
    ])
    func theLongestWaitDoublesUpToTheCap(attempts: Int, milliseconds: Int) {
        var schedule = RetrySchedule(.init(attempts: .max))
        for _ in 0..<attempts { schedule.begin() }
        #expect(schedule.longestWait == .milliseconds(milliseconds))
    }

    @Test func waitsAreSpreadOverTheWholeRange() throws {
        var schedule = RetrySchedule(.init())
        for _ in 0..<3 { schedule.begin() }
        var generator = SeededGenerator(seed: 1)
        let waits = (0..<1_000).compactMap { _ in schedule.wait(using: &generator) }
        #expect(waits.count == 1_000)
        #expect(try #require(waits.min()) < .milliseconds(20))
        #expect(try #require(waits.max()) > .milliseconds(1_980))
        #expect(waits.allSatisfy { $0 >= .zero && $0 <= .seconds(2) })
    }

    @Test(arguments: [1, 2, 6])
    func thereIsNoWaitAfterTheLastAttempt(attempts: Int) {
        var schedule = RetrySchedule(.init(attempts: attempts))
        var generator = SeededGenerator(seed: 1)
        var begun = 0
        repeat {
            schedule.begin()
            begun += 1
        } while schedule.wait(using: &generator) != nil
        #expect(begun == attempts)
        #expect(schedule.isExhausted)
    }

    /// 2026-11-21T13:40:00Z was a Saturday.
    private static let now = Timestamp(milliseconds: 1_795_268_400_000)

    @Test(arguments: [
        (nil, nil), ("", nil), ("soon", nil), ("-", nil), (".", nil), ("57 seconds", nil),
        ("-1", 0), ("1.5", 2), ("1, 2", 2), ("9,soon, 3", 9), ("0.001", 1), (" 7 ", 7),
        ("0", 0), ("57", 57), ("300", 300), ("3600", 3_600), ("3601", 3_600),
        ("99999999999999999999999999", 3_600), ("1, 99999999999999999999999999", 3_600),
        ("Sat, 21 Nov 2026 13:41:00 GMT", 60), ("Saturday, 21-Nov-26 13:41:00 GMT", 60),
        ("Sat Nov 21 13:41:00 2026", 60), ("Sat, 21 Nov 2026 13:39:00 GMT", 0),
        ("Sat, 21 Nov 2037 13:39:00 GMT", 3_600),
        ("Sat, 21 Nov 2026 25:41:00 GMT", nil), ("Sat, 32 Nov 2026 13:41:00 GMT", nil),
        ("Sat, 21 Nov 2026 13:41:00 CET", nil),
    ])
    func retryAfterIsReadInEveryForm(text: String?, seconds: Int?) {
        #expect(RetryAfter.parse(text, now: Self.now) == seconds.map { .seconds($0) })
    }

    @Test(arguments: [
        ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777), ("Sunday, 06-Nov-94 08:49:37 GMT", 784_111_777),
        ("Sun Nov  6 08:49:37 1994", 784_111_777), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ("Tue, 29 Feb 2000 23:59:60 GMT", 951_868_800), ("Monday, 21-Nov-67 00:00:00 GMT", 3_089_059_200),
        ("Wednesday, 01-Jan-77 00:00:00 GMT", 220_924_800),
    ])
    func datesAreReadInAllThreeForms(text: String, seconds: Int64) {
        #expect(HTTPDate.parse(text, now: Self.now)?.milliseconds == seconds * 1000)
    }
}
