internal import Platform

/// What a credentials file holds, found by reading it once from its start in memory that does not grow with it.
///
/// Records are told apart by line breaks outside quotes, for a password may hold one.
struct CredentialsScan {
    /// How the end of the file is to be mended.
    struct Remedy: Hashable {
        /// The length to cut the file to, only where there is something to cut: another run may be appending to it.
        var cut: Int?
        /// What is written behind the rest.
        var added: [UInt8] = []
    }

    private let header: [UInt8]
    /// How many bytes of a record are kept: enough for any that matters.
    private let limit: Int
    private var record: [UInt8] = []
    private var recordStart = 0
    private var position = 0
    private var isQuoted = false
    private var lastByte: UInt8?
    private var isHeaderRight = true

    /// Prepares a scan.
    ///
    /// - Parameters:
    ///   - header: the first line that the file must have.
    ///   - length: the length of the longest line that may be found cut short.
    init(header: [UInt8], keeping length: Int) {
        self.header = header
        limit = max(length, 1024)
    }

    /// Reads the file to its end.
    ///
    /// - Parameters:
    ///   - file: the file, at its start.
    ///   - record: called with the customer's id, and the kept start, of every whole line.
    /// - Throws: `SystemError` where it can't be read.
    mutating func read(_ file: borrowing File, record: (String, [UInt8]) -> Void) throws(SystemError) {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = try file.read(into: &buffer)
            if count == 0 { return }
            for index in 0..<count { take(buffer[index], record) }
        }
    }

    private mutating func take(_ byte: UInt8, _ whole: (String, [UInt8]) -> Void) {
        position += 1
        lastByte = byte
        if record.count < limit { record.append(byte) }
        if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
        guard byte == UInt8(ascii: "\n"), !isQuoted else { return }
        if recordStart == 0 {
            isHeaderRight = Self.isSame(record, header)
        } else {
            let id = record.prefix { $0 != UInt8(ascii: ",") }.filter { $0 != UInt8(ascii: "\"") }
            whole(String(decoding: id, as: UTF8.self), record)
        }
        recordStart = position
        record.removeAll(keepingCapacity: true)
    }

    /// Whether the file is ours: empty, the beginning of our header, or begun with it, be it saved again by a spreadsheet.
    var isCredentialsFile: Bool {
        recordStart > 0 ? isHeaderRight : header.starts(with: record) || Self.isSame(record, header)
    }

    /// How the end of the file is to be mended before a line is appended.
    ///
    /// - Parameter lines: the lines that will be appended again where they are not in the file.
    /// - Returns: the remedy.
    func remedy(awaiting lines: [[UInt8]]) -> Remedy {
        let length = position - recordStart
        if recordStart == 0, header.starts(with: record) { return Remedy(cut: length > 0 ? 0 : nil, added: header) }
        if length == 0 { return Remedy() }
        if lines.contains(where: { length < $0.count && $0.starts(with: record) }) { return Remedy(cut: recordStart) }
        if isQuoted { return Remedy(added: Array("\"\r\n".utf8)) }
        return Remedy(added: Array((lastByte == UInt8(ascii: "\r") ? "\n" : "\r\n").utf8))
    }

    /// Compares two first lines, but for a byte order mark, quotes and the kind of line break.
    private static func isSame(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        let ignored: [UInt8] = [0xEF, 0xBB, 0xBF, UInt8(ascii: "\""), UInt8(ascii: "\r"), UInt8(ascii: "\n")]
        return left.filter { !ignored.contains($0) } == right.filter { !ignored.contains($0) }
    }
}
