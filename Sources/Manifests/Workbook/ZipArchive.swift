internal import CZip

#if canImport(Glibc)
    internal import Glibc
#endif

/// A zip archive that is read part by part, without trust in what it says of itself.
///
/// Nothing is ever written to a disk, so that a part's name is only a name, wherever it points to.
@safe final class ZipArchive {
    let path: String
    /// The file's size in bytes.
    let size: Int
    let limits: WorkbookLimits

    private let handle: OpaquePointer
    /// The parts' positions by name, in lower case and with forward slashes, as some writers differ in both.
    private let positions: [String: UInt64]
    /// How many bytes may still be unpacked.
    private var allowance: Int

    /// Opens an archive and reads the list of its parts.
    ///
    /// - Throws: `ManifestError` where the file is cut off, or its list of parts is damaged or too long.
    init(path: String, limits: WorkbookLimits = WorkbookLimits()) throws(ManifestError) {
        let size = try Self.size(of: path)
        let source = try ZipFileSource(path: path)
        try source.check(limits)
        let handle = unsafe try source.openArchive()
        unsafe self.handle = unsafe handle
        self.path = path
        self.size = size
        self.limits = limits
        allowance = limits.unpacked + size * limits.ratio
        positions = unsafe Self.positions(in: handle)
    }

    deinit { unsafe zip_discard(handle) }

    /// The parts' names, in lower case and in no order.
    var names: some Collection<String> { positions.keys }

    /// Whether there is a part of a name.
    func contains(_ name: String) -> Bool { positions[Self.key(name)] != nil }

    /// How many bytes a part has in the archive, by the archive's word; 0 where there is no such part.
    func packedSize(of name: String) -> Int {
        unsafe status(of: name).map { min(Int(clamping: unsafe $0.comp_size), size) } ?? 0
    }

    /// How many bytes a part unpacks to, by the archive's word; 0 where there is no such part.
    func unpackedSize(of name: String) -> Int {
        unsafe status(of: name).map { Int(clamping: unsafe $0.size) } ?? 0
    }

    private func status(of name: String) -> zip_stat_t? {
        var status = unsafe zip_stat_t()
        guard let position = positions[Self.key(name)], unsafe zip_stat_index(handle, position, 0, &status) == 0 else {
            return nil
        }
        return unsafe status
    }

    /// Opens a part for reading from its start; several may be open at once.
    ///
    /// - Throws: `ManifestError` where there is no such part or it can't be unpacked.
    func open(_ name: String) throws(ManifestError) -> ZipPart {
        guard let position = positions[Self.key(name)] else {
            throw error(
                "the workbook lacks its part \(name.quoted); open it in a spreadsheet program and save it again"
            )
        }
        guard let file = unsafe zip_fopen_index(handle, position, 0) else {
            let reason = unsafe Self.reason(zip_get_error(handle))
            throw error("the part \(name.quoted) can't be unpacked\(reason)")
        }
        return unsafe ZipPart(archive: self, name: name, file: file)
    }

    /// Makes the error of a file that can't be read as the archive it is.
    func error(_ message: String) -> ManifestError { ManifestError(.malformed, path: path, message: message) }

    /// Takes some bytes from what may still be unpacked.
    fileprivate func charge(_ count: Int) throws(ManifestError) {
        allowance -= count
        guard allowance >= 0 else {
            let message =
                "the archive unpacks to more than \(limits.ratio) times its size, which no table does; "
                + "open it in a spreadsheet program and save it again"
            throw error(message)
        }
    }

    fileprivate static func key(_ name: String) -> String {
        String(decoding: name.utf8.map { $0 == UInt8(ascii: "\\") ? UInt8(ascii: "/") : $0.lowercased }, as: UTF8.self)
    }

    private static func positions(in handle: OpaquePointer) -> [String: UInt64] {
        var positions: [String: UInt64] = [:]
        for position in 0..<UInt64(max(unsafe zip_get_num_entries(handle, 0), 0)) {
            guard let name = unsafe zip_get_name(handle, position, ZIP_FL_ENC_RAW) else { continue }
            let key = key(unsafe String(cString: name))
            if positions[key] == nil { positions[key] = position }
        }
        return positions
    }

    /// The size of a file that can be read from any place in it.
    ///
    /// - Throws: `ManifestError` where it is a pipe.
    static func size(of path: String) throws(ManifestError) -> Int {
        var status = stat()
        guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            let message = "a workbook can't be read from a pipe; save it as a file and give that"
            throw ManifestError(.malformed, path: path, message: message)
        }
        return Int(status.st_size)
    }

    /// The library's words for an error, in parentheses, and what to do.
    fileprivate static func reason(_ error: UnsafeMutablePointer<zip_error_t>?) -> String {
        guard let error = unsafe error else { return "; the file is damaged: get it again" }
        switch unsafe zip_error_code_zip(error) {
        case ZIP_ER_NOPASSWD, ZIP_ER_ENCRNOTSUPP, ZIP_ER_WRONGPASSWD:
            return ", for it is encrypted; save the workbook without a password"
        case ZIP_ER_COMPNOTSUPP:
            return ", for it is packed in a way that no spreadsheet program uses; save the workbook again"
        default:
            let words = unsafe zip_error_strerror(error).map { unsafe String(cString: $0) } ?? "unknown error"
            return " (\(words)); the file is damaged: get it again"
        }
    }
}

/// A part of an archive, unpacked while it is read.
@safe final class ZipPart: ByteSource {
    let name: String
    private let archive: ZipArchive
    private let file: OpaquePointer

    fileprivate init(archive: ZipArchive, name: String, file: OpaquePointer) {
        self.archive = archive
        self.name = name
        unsafe self.file = unsafe file
    }

    deinit { unsafe zip_fclose(file) }

    func read(into buffer: inout [UInt8]) throws(ManifestError) -> Int {
        let count = unsafe buffer.withUnsafeMutableBytes { unsafe zip_fread(file, $0.baseAddress, UInt64($0.count)) }
        guard count >= 0 else {
            let reason = unsafe ZipArchive.reason(zip_file_get_error(file))
            throw archive.error("the part \(name.quoted) can't be unpacked\(reason)")
        }
        try archive.charge(Int(count))
        return Int(count)
    }
}

/// The bytes of an archive's file, before and while the library reads them.
@safe private struct ZipFileSource: ~Copyable {
    private let path: String
    private let source: OpaquePointer

    init(path: String) throws(ManifestError) {
        guard let source = unsafe zip_source_file_create(path, 0, -1, nil) else {
            throw ManifestError(.unavailable, path: path, message: "can't read: out of memory")
        }
        self.path = path
        unsafe self.source = unsafe source
    }

    deinit { unsafe zip_source_free(source) }

    /// Opens the archive; it keeps the source.
    func openArchive() throws(ManifestError) -> OpaquePointer {
        var fault = unsafe zip_error_t()
        unsafe zip_error_init(&fault)
        defer { unsafe zip_error_fini(&fault) }
        // The archive frees the source when it is closed, and so does this value.
        unsafe zip_source_keep(source)
        if let handle = unsafe zip_open_from_source(source, ZIP_RDONLY, &fault) { return unsafe handle }
        unsafe zip_source_free(source)
        let message =
            unsafe zip_error_code_zip(&fault) == ZIP_ER_NOZIP
            ? "this is a zip archive that is cut off, so that its end is missing; get the file again, or save the workbook anew"
            : "this zip archive can't be read\(unsafe ZipArchive.reason(&fault))"
        throw ManifestError(.malformed, path: path, message: message)
    }

    /// Refuses an archive whose list of parts is too long, before the library reads it into memory.
    func check(_ limits: WorkbookLimits) throws(ManifestError) {
        guard unsafe zip_source_open(source) == 0 else { return }
        defer { unsafe zip_source_close(source) }
        let longest = 0xFFFF + EndRecord.length + EndRecord.locatorLength
        // Where the file is shorter than that, it is read from its start.
        let tail = read(longest, from: -longest, ZipFileSource.end) ?? read(longest, from: 0, ZipFileSource.start) ?? []
        for record in EndRecord.all(in: tail) {
            var (parts, bytes) = (record.parts, record.bytes)
            if let offset = record.largeRecordOffset, let large = read(56, from: offset, ZipFileSource.start) {
                (parts, bytes) = (max(parts, large.integer(at: 32, 8)), max(bytes, large.integer(at: 40, 8)))
            }
            guard parts <= limits.parts, bytes <= limits.partList else {
                let message =
                    "the zip archive has \(parts) parts, which no table has; "
                    + "open it in a spreadsheet program and save it again"
                throw ManifestError(.malformed, path: path, message: message)
            }
        }
    }

    private static let start = SEEK_SET
    private static let end = SEEK_END

    /// Some bytes from a place in the file; nil where there is no such place.
    private func read(_ count: Int, from offset: Int, _ origin: Int32) -> [UInt8]? {
        guard unsafe zip_source_seek(source, Int64(offset), origin) == 0 else { return nil }
        var buffer = [UInt8](repeating: 0, count: count)
        let read = unsafe buffer.withUnsafeMutableBytes {
            unsafe zip_source_read(source, $0.baseAddress, UInt64($0.count))
        }
        return read < 0 ? nil : Array(buffer.prefix(Int(read)))
    }
}

/// What a zip archive's end says of its list of parts.
private struct EndRecord {
    static let length = 22
    static let locatorLength = 20

    let parts: Int
    let bytes: Int
    /// Where a record with larger numbers stands, if the archive has one (zip64).
    let largeRecordOffset: Int?

    /// All that could be meant, as a comment may hold what looks like another.
    static func all(in tail: [UInt8]) -> [EndRecord] {
        guard tail.count >= length else { return [] }
        return (0...tail.count - length).filter { tail[$0...].starts(with: [0x50, 0x4B, 0x05, 0x06]) }.map { start in
            let locator = start - locatorLength
            let hasLocator = locator >= 0 && tail[locator...].starts(with: [0x50, 0x4B, 0x06, 0x07])
            return EndRecord(
                // All ones means that the larger record tells.
                parts: tail.integer(at: start + 10, 2) == 0xFFFF && hasLocator ? 0 : tail.integer(at: start + 10, 2),
                bytes: tail.integer(at: start + 12, 4) == 0xFFFF_FFFF ? 0 : tail.integer(at: start + 12, 4),
                largeRecordOffset: hasLocator ? tail.integer(at: locator + 8, 8) : nil
            )
        }
    }
}

extension [UInt8] {
    /// A number in little-endian order; what is too large, or ends too early, is cut down.
    fileprivate func integer(at start: Int, _ length: Int) -> Int {
        guard start + length <= count else { return 0 }
        return Int(clamping: self[start..<start + length].reversed().reduce(0) { $0 << 8 | UInt64($1) })
    }
}

extension UInt8 {
    /// The lower-case letter of an upper-case one in ASCII; any other byte is itself.
    var lowercased: UInt8 { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self }
}

extension String {
    /// The text in quotes, short enough for one line, with what would break it made visible.
    var quoted: String {
        let shown = count > 100 ? prefix(100) + "…" : self[...]
        return String(shown).debugDescription
    }
}
