/// The container of the old formats of Office, which also wraps every encrypted workbook of the new ones.
enum CompoundFile {
    private static let signature: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]

    /// Whether a file starts as one.
    static func isOne(_ head: [UInt8]) -> Bool { head.starts(with: signature) }

    /// Tells what is in it, by the list of its streams, and what to do about it.
    ///
    /// - Parameters:
    ///   - path: the file's path.
    ///   - head: the file's first bytes.
    ///   - source: the rest.
    /// - Returns: the error to end with.
    /// - Throws: `ManifestError` where the file can't be read.
    static func refusal(_ path: String, _ head: Head, _ source: any ByteSource) throws(ManifestError) -> ManifestError {
        let names = try streamNames(head, source)
        let advice =
            if names.contains("EncryptedPackage") {
                "this workbook is encrypted; open it in a spreadsheet program and save it without a password"
            } else if names.contains("WordDocument") {
                "this is an old Word document (.doc), not a table; copy the table into a workbook"
            } else if names.contains("PowerPoint Document") {
                "this is an old PowerPoint presentation (.ppt), not a table; copy the table into a workbook"
            } else {
                "this is an old Excel workbook (.xls), which can't be read; "
                    + "open it in a spreadsheet program and save it as .xlsx, or the sheet as \"CSV UTF-8\""
            }
        return ManifestError(.malformed, path: path, message: advice)
    }

    /// The names in the first sector of the container's directory, where the telling ones stand.
    private static func streamNames(_ head: Head, _ source: any ByteSource) throws(ManifestError) -> Set<String> {
        guard head.bytes.count >= 52, (7...16).contains(head.bytes[30]) else { return [] }
        let sector = head.bytes[48..<52].reversed().reduce(0) { $0 << 8 | Int($1) }
        let length = 1 << Int(head.bytes[30])
        let start = (sector + 1) * length
        // A workbook whose directory stands further back is not worth reading to there.
        guard start < 1 << 28 else { return [] }
        let bytes = try sectorBytes(start, 4 * length, head, source)
        var names: Set<String> = []
        for entry in stride(from: 0, to: bytes.count - 127, by: 128) {
            let units = stride(from: entry, to: entry + 64, by: 2).map {
                UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8
            }
            names.insert(String(decoding: units.prefix { $0 != 0 }, as: UTF16.self))
        }
        return names
    }

    private static func sectorBytes(
        _ start: Int,
        _ length: Int,
        _ head: Head,
        _ source: any ByteSource
    ) throws(ManifestError) -> [UInt8] {
        var bytes = Array(head.bytes.dropFirst(start).prefix(length))
        var position = head.bytes.count
        var buffer = [UInt8](repeating: 0, count: Head.length)
        while bytes.count < length {
            let count = try source.read(into: &buffer)
            guard count > 0 else { break }
            bytes += buffer[..<count].dropFirst(max(start - position, 0)).prefix(length - bytes.count)
            position += count
        }
        return bytes
    }
}
