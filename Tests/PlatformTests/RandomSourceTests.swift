import Platform
import Testing

struct RandomSourceTests {
    @Test func theSameSeedGivesTheSameUUIDs() {
        let (first, second) = (RandomSource(SeededGenerator(seed: 3)), RandomSource(SeededGenerator(seed: 3)))
        #expect((0..<10).map { _ in first.uuid() } == (0..<10).map { _ in second.uuid() })
    }

    @Test func aUUIDIsRandomButForItsVersionAndVariant() throws {
        let random = RandomSource(SeededGenerator(seed: 3))
        let uuids = (0..<1000).map { _ in random.uuid() }
        #expect(Set(uuids).count == uuids.count)
        let form = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/
        for uuid in uuids { try #require(uuid.wholeMatch(of: form) != nil) }
    }

    @Test(arguments: [0, 1, 8, 12, 17])
    func asManyBytesComeAsAreAskedFor(count: Int) {
        #expect(RandomSource().bytes(count).count == count)
    }
}
