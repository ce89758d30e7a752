import Testing

@testable import Manifests

/// The cells of a record, which stand in one run of bytes.
struct RecordCellsTests {
    @Test(arguments: [[], [""], ["a"], ["", "b", "", "Zoë", "", "한국"], ["a,b", "c\nd", "\0"]])
    func cellsComeBackAsTheyWere(texts: [String]) {
        let cells = RecordCells(texts)
        #expect(Array(cells) == texts)
        #expect(cells.indices.map(cells.isEmpty) == texts.map(\.isEmpty))
        #expect(cells == RecordCells(texts) && cells.hashValue == RecordCells(texts).hashValue)
    }

    @Test func aCellThatIsChangedLeavesTheOthersAsTheyWere() {
        var cells = RecordCells(["one", "", "three"])
        let before = cells
        cells[1] = "a longer one"
        cells[0] = ""
        #expect(Array(cells) == ["", "a longer one", "three"])
        #expect(Array(before) == ["one", "", "three"] && before != cells)
    }

    @Test func cellsAreTheSameWhateverStandsBetweenThem() {
        let line = Array("one,\"two\",".utf8)
        let places = [0..<3, 5..<8, 10..<10]
        let cells = RecordCells(copying: line.span, count: 3) { places[$0] }
        #expect(cells == RecordCells(["one", "two", ""]) && cells != RecordCells(["one", "two"]))
    }

    @Test func whatIsNoUTF8BecomesTheSignForThat() {
        var cells = RecordCells(empty: 2)
        cells.set(1, to: [0x41, 0xE4, 0x42].span)
        cells.append([0xC3, 0xA4].span)
        #expect(Array(cells) == ["", "A\u{FFFD}B", "ä"])
    }

    @Test(arguments: [("", true), (" \t", true), ("\u{3000}\u{A0}", true), ("x", false), (" x", false), ("é", false)])
    func aCellOfWhiteSpaceIsBlank(text: String, isBlank: Bool) {
        #expect(RecordCells([text]).isBlank(at: 0) == isBlank)
    }
}
