/// A list of texts as bytes: each is its length in UTF-8, seven bits a byte from the lowest, then its bytes.
enum CellCoding {
    /// Puts texts into bytes.
    ///
    /// - Parameter cells: the texts.
    /// - Returns: the bytes.
    static func encode(_ cells: [String]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(cells.reduce(0) { $0 + $1.utf8.count + 2 })
        encode(cells, into: &bytes)
        return bytes
    }

    /// Puts texts into bytes, in memory that is there already.
    ///
    /// - Parameters:
    ///   - cells: the texts.
    ///   - bytes: takes the bytes in place of what it holds.
    static func encode(_ cells: [String], into bytes: inout [UInt8]) {
        bytes.removeAll(keepingCapacity: true)
        for cell in cells {
            var length = cell.utf8.count
            while length >= 0x80 {
                bytes.append(UInt8(length & 0x7F) | 0x80)
                length >>= 7
            }
            bytes.append(UInt8(length))
            bytes.append(contentsOf: cell.utf8)
        }
    }

    /// Takes texts out of bytes.
    ///
    /// - Parameter bytes: what `encode` gave.
    /// - Returns: the texts; nil where the bytes end too soon.
    static func decode(_ bytes: [UInt8]) -> [String]? {
        var cells: [String] = []
        var position = 0
        while position < bytes.count {
            var length = 0
            var shift = 0
            var isLast = false
            while !isLast {
                guard position < bytes.count, shift < 56 else { return nil }
                length |= Int(bytes[position] & 0x7F) << shift
                isLast = bytes[position] < 0x80
                shift += 7
                position += 1
            }
            guard length <= bytes.count - position else { return nil }
            cells.append(String(decoding: bytes[position..<position + length], as: UTF8.self))
            position += length
        }
        return cells
    }
}
