import Testing

@testable import Platform

struct TimestampTests {
    @Test(arguments: [
        (0, "1970-01-01T00:00:00.000Z"),
        (-1, "1969-12-31T23:59:59.999Z"),
        (951_782_400_000, "2000-02-29T00:00:00.000Z"),
        (1_795_268_400_123, "2026-11-21T13:40:00.123Z"),
        (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
    ])
    func aMomentPrintsAsRFC3339(milliseconds: Int64, text: String) {
        #expect(Timestamp(milliseconds: milliseconds).description == text)
    }
}
