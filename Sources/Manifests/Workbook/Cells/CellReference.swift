/// Where a cell stands in a sheet: `C7`.
enum CellReference {
    /// The column of a reference, from 0, and its row, from 1, or 0 where it has none; nil for what is no reference.
    static func place(_ reference: ArraySlice<UInt8>) -> (column: Int, row: Int)? {
        var column = 0
        var rest = reference
        while let letter = rest.first?.lowercased, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(letter) {
            guard column < 1 << 20 else { return nil }
            column = column * 26 + Int(letter - UInt8(ascii: "a")) + 1
            rest = rest.dropFirst()
        }
        guard column > 0, rest.count < 10, rest.allSatisfy(\.isDigit) else { return nil }
        return (column - 1, rest.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) })
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
    init?(ascii text: ArraySlice<UInt8>) {
        guard !text.isEmpty, text.count < 19, text.allSatisfy(\.isDigit) else {
            self.init(String(decoding: text, as: UTF8.self))
            return
        }
        self = text.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }
}
