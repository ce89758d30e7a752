/// Where a cell stands in a sheet: `C7`.
enum CellReference {
    /// The column of a reference, from 0, and its row, from 1, or 0 where it has none; nil for what is no reference.
    static func place(_ reference: Span<UInt8>) -> (column: Int, row: Int)? {
        var (index, column, row) = (0, 0, 0)
        while index < reference.count, reference[index].isASCIILetter {
            guard column < 1 << 20 else { return nil }
            column = column * 26 + Int((reference[index] | 0x20) - UInt8(ascii: "a")) + 1
            index += 1
        }
        guard column > 0, reference.count - index < 10 else { return nil }
        while index < reference.count {
            guard reference[index].isDigit else { return nil }
            row = row * 10 + Int(reference[index] - UInt8(ascii: "0"))
            index += 1
        }
        return (column - 1, row)
    }

    /// The row of a reference, from 1; nil where it has none.
    static func row(_ reference: some StringProtocol) -> Int? {
        Int(String(reference.drop { $0.isLetter || $0 == "$" }.filter { $0 != "$" }))
    }

    /// The letters of a column, from 0.
    static func letters(_ column: Int) -> String {
        var letters: [UInt8] = []
        var rest = column + 1
        while rest > 0 {
            letters.append(UInt8(ascii: "A") + UInt8((rest - 1) % 26))
            rest = (rest - 1) / 26
        }
        return String(decoding: letters.reversed(), as: UTF8.self)
    }
}

extension Int {
    /// The number that digits stand for, as `Int(String)` reads them, without a string; nil for anything else.
    init?(ascii text: Span<UInt8>) {
        var number = 0
        var index = 0
        while index < text.count, index < 18, text[index].isDigit {
            number = number * 10 + Int(text[index] - UInt8(ascii: "0"))
            index += 1
        }
        guard index == text.count, index > 0 else {
            self.init(text.indices.reduce(into: "") { $0.unicodeScalars.append(Unicode.Scalar(text[$1])) })
            return
        }
        self = number
    }
}
