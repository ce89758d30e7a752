/// Zip archives whose parts are not packed, made in memory with the checksums that they need.
enum StoredArchive {
    /// What stands between the parts of an input: a byte that no XML has.
    static let separator: UInt8 = 0x1E

    /// An XLSX archive of up to six parts: sheet, second sheet, shared texts, styles, workbook and its relationships.
    ///
    /// A part that is missing or empty is one that fits the others.
    static func bytes(ofXLSX input: ArraySlice<UInt8>) -> [UInt8] {
        let given = input.split(separator: separator, maxSplits: 5, omittingEmptySubsequences: false)
        return bytes(
            zip(Seeds.xlsxParts.indices, Seeds.xlsxParts).map { index, part in
                let bytes = index < given.count && !given[index].isEmpty ? Array(given[index]) : part.bytes
                return (part.name, bytes)
            }
        )
    }

    /// An ODS archive of a content and a list of parts.
    static func bytes(ofODS input: ArraySlice<UInt8>) -> [UInt8] {
        let given = input.split(separator: separator, maxSplits: 1, omittingEmptySubsequences: false)
        var parts = [("mimetype", Array("application/vnd.oasis.opendocument.spreadsheet".utf8))]
        parts.append(("content.xml", Array(given.first ?? [])))
        if given.count > 1 { parts.append(("META-INF/manifest.xml", Array(given[1]))) }
        return bytes(parts)
    }

    /// An archive of some parts.
    static func bytes(_ parts: [(name: String, bytes: [UInt8])]) -> [UInt8] {
        var archive: [UInt8] = []
        var list: [UInt8] = []
        for (name, bytes) in parts {
            var common: [UInt8] = []
            // Version, flags, method, time, date.
            for number in [20, 0, 0, 0, 0x21] { common.append(number, length: 2) }
            common.append(Int(checksum(bytes)), length: 4)
            common.append(bytes.count, length: 4)
            common.append(bytes.count, length: 4)
            common.append(name.utf8.count, length: 2)
            common.append(0, length: 2)
            list += [0x50, 0x4B, 0x01, 0x02, 20, 0] + common
            // Comment, disk, attributes.
            for (number, length) in [(0, 2), (0, 2), (0, 2), (0, 4)] { list.append(number, length: length) }
            list.append(archive.count, length: 4)
            list += Array(name.utf8)
            archive += [0x50, 0x4B, 0x03, 0x04] + common + Array(name.utf8) + bytes
        }
        let start = archive.count
        archive += list + [0x50, 0x4B, 0x05, 0x06, 0, 0, 0, 0]
        for (number, length) in [(parts.count, 2), (parts.count, 2), (list.count, 4), (start, 4), (0, 2)] {
            archive.append(number, length: length)
        }
        return archive
    }

    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(~0) { $0 >> 8 ^ table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] }
    }

    private static let table = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { value, _ in value >> 1 ^ (value & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
}

extension [UInt8] {
    /// Appends a number in little-endian order.
    fileprivate mutating func append(_ number: Int, length: Int) {
        for index in 0..<length { append(UInt8(truncatingIfNeeded: number >> (8 * index))) }
    }
}
