/// Where a cell stands in a sheet: `C7`.
enum CellReference {
    /// The column of a reference, from 0; nil where it has none.
    static func column(_ reference: some Collection<UInt8>) -> Int? {
        var column = 0
        for byte in reference {
            let letter = byte.lowercased
            guard (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(letter) else { break }
            guard column < 1 << 20 else { return nil }
            column = column * 26 + Int(letter - UInt8(ascii: "a")) + 1
        }
        return column == 0 ? nil : column - 1
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
