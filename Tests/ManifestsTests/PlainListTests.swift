import Testing

@testable import Manifests

struct PlainListTests {
    // The macros of the tests can't take what can't be copied.
    @Test(arguments: [0, 1, 63, 64, 65, 1000])
    func keepsItsElementsWhereItGrows(count: Int) {
        var list = PlainList<Int>()
        for number in 0..<count { list.append(number) }
        var copy: [Int] = []
        list.copy(0..<list.count, to: &copy)
        #expect(copy == Array(0..<count))
    }

    @Test(arguments: ["", "a", "Zürich", String(repeating: "Ünïcode and ASCII ", count: 40)])
    func givesTextBackAsItWasPutTogether(text: String) {
        var first = PlainList<UInt8>()
        var whole = PlainList<UInt8>()
        Array(text.utf8).withUnsafeBufferPointer { first.append(contentsOf: $0) }
        whole.append(0..<first.count, of: first)
        whole.append(0..<first.count, of: first)
        let (both, second) = (whole.text(0..<whole.count), whole.text(first.count..<whole.count))
        #expect(both == text + text)
        #expect(second == text)
    }

    @Test func beginsAgainWhereAllIsForgotten() {
        var list = PlainList<UInt8>()
        list.append(1)
        list.removeAll()
        list.append(2)
        let (count, only) = (list.count, list[0])
        #expect(count == 1)
        #expect(only == 2)
    }
}
