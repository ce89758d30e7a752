/// The byte-order marks that a text may start with.
enum ByteOrderMark {
    static let utf8: [UInt8] = [0xEF, 0xBB, 0xBF]
    static let utf16LittleEndian: [UInt8] = [0xFF, 0xFE]
    static let utf16BigEndian: [UInt8] = [0xFE, 0xFF]
}

/// What a file may hold, told by its first bytes, that is no manifest which can be read.
enum UnreadableFormat: Hashable {
    case portableDocument, singleFilePage, richText, compressed, html, xml, picture, sound, columnar, database
    case oldWorkbook, symbolicLink, binary

    /// Tells the format of a file's first bytes; nil for one that may be a text.
    ///
    /// - Parameters:
    ///   - bytes: the file's first bytes.
    ///   - isEncodingSaid: whether the user says in which encoding it is a text; then control bytes may be characters.
    init?(_ bytes: [UInt8], isEncodingSaid: Bool = false) {
        if let known = Self.signatures.first(where: { bytes.starts(with: $0.bytes) }) {
            self = known.format
        } else if let markup = Self.markup(bytes) {
            self = markup
        } else if bytes.count(where: { $0 == 0 }) > bytes.count / 16, EncodingFinder.marked(bytes) == nil,
            EncodingFinder.wide(bytes) == nil
        {
            self = .binary
        } else if !isEncodingSaid, Self.isBinary(bytes) {
            self = .binary
        } else {
            return nil
        }
    }

    private static let signatures: [(bytes: [UInt8], format: UnreadableFormat)] =
        [
            ([UInt8]("%PDF-".utf8), .portableDocument),
            ([UInt8]("MIME-Version:".utf8), .singleFilePage),
            ([UInt8]("{\\rtf".utf8), .richText),
            ([0x1F, 0x8B], .compressed), ([0x28, 0xB5, 0x2F, 0xFD], .compressed),
            ([UInt8]("BZh91AY&SY".utf8), .compressed),
            ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], .compressed), ([UInt8]("Rar!".utf8) + [0x1A, 0x07], .compressed),
            ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], .compressed),
            ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], .picture), ([0xFF, 0xD8, 0xFF], .picture),
            ([UInt8]("GIF8".utf8), .picture), ([0x49, 0x49, 0x2A, 0x00], .picture),
            ([0x4D, 0x4D, 0x00, 0x2A], .picture),
            ([UInt8]("ID3".utf8) + [2, 0], .sound), ([UInt8]("ID3".utf8) + [3, 0], .sound),
            ([UInt8]("ID3".utf8) + [4, 0], .sound),
            ([UInt8]("PAR1".utf8), .columnar), ([UInt8]("SQLite format 3".utf8) + [0], .database),
            ([UInt8]("ID;P".utf8), .symbolicLink),
        ]
        + [(0x00, 0x04), (0x02, 0x06), (0x04, 0x06), (0x08, 0x08), (0x08, 0x10)].map {
            // Excel 2 to 5 wrote a sheet without a container: its first record tells the version.
            ([0x09, $0.0, $0.1, 0x00], .oldWorkbook)
        }

    /// Whether bytes hold more control characters than any text does.
    private static func isBinary(_ bytes: [UInt8]) -> Bool {
        let controls = bytes.count { byte in
            switch byte {
            // Tabs, line breaks and form feeds; what shifts between the sets of an East Asian encoding.
            case 0x09...0x0D, 0x0E, 0x0F, 0x1B: false
            default: byte < 0x20
            }
        }
        guard controls >= 8, controls > bytes.count / 16 else { return false }
        return EncodingFinder.marked(bytes) == nil && EncodingFinder.wide(bytes) == nil
    }

    /// Whether a text starts as XML or HTML does, after a byte-order mark and white space.
    static func markup(_ bytes: [UInt8]) -> UnreadableFormat? {
        let text = bytes.dropFirst(bytes.starts(with: ByteOrderMark.utf8) ? ByteOrderMark.utf8.count : 0)
            .drop { $0.isBlank || $0.isLineBreak }
        guard text.first == UInt8(ascii: "<"), let second = text.dropFirst().first else { return nil }
        let start = String(decoding: text.prefix(16), as: UTF8.self).lowercased()
        let htmlStarts = ["<!doctype html", "<html", "<head", "<meta", "<body", "<table", "<style", "<div"]
        if htmlStarts.contains(where: start.hasPrefix) { return .html }
        switch second {
        case UInt8(ascii: "?"), UInt8(ascii: "!"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"):
            return .xml
        default: return nil
        }
    }

    /// What the file is and what to do about it, one sentence.
    var advice: String {
        switch self {
        case .portableDocument: "this is a PDF document, not a table; " + Self.remedy
        case .singleFilePage: "this is a web page in a single file, whatever its name says; " + Self.remedy
        case .richText: "this is a text of a word processor (RTF), not a table; " + Self.remedy
        case .compressed: "this is a compressed file (gzip, 7z, RAR or the like); unpack it first"
        case .picture: "this is a picture, not a table; ask for the table itself, or type it into a spreadsheet program"
        case .sound: "this is a sound file, not a table; check that it is the file you mean"
        case .columnar: "this is a Parquet file; save the table as CSV with the program that made it"
        case .database: "this is an SQLite database; export the table from it as CSV"
        case .oldWorkbook: "this is a sheet of an Excel before 1997; " + Self.remedy
        case .symbolicLink: "this is a sheet in the SYLK format; " + Self.remedy
        case .html: "this is an HTML page, whatever its name says; " + Self.remedy
        case .xml: "this begins as XML does, but has no root element; " + Self.remedy
        case .binary: "this is no text but binary data; " + Self.remedy
        }
    }

    private static let remedy = "open it in a spreadsheet program and save the sheet as \"CSV UTF-8\""
}
