/// The byte-order marks that a text may start with.
enum ByteOrderMark {
    static let utf8: [UInt8] = [0xEF, 0xBB, 0xBF]
    static let utf16LittleEndian: [UInt8] = [0xFF, 0xFE]
    static let utf16BigEndian: [UInt8] = [0xFE, 0xFF]
}

/// What a file may hold, told by its first bytes, that is no manifest which can be read.
enum UnreadableFormat: Hashable {
    case portableDocument, singleFilePage, richText, compressed, html, xml, binary

    /// Tells the format of a file's first bytes; nil for one that may be a text.
    init?(_ bytes: [UInt8]) {
        if let known = Self.signatures.first(where: { bytes.starts(with: $0.bytes) }) {
            self = known.format
        } else if let markup = Self.markup(bytes) {
            self = markup
        } else if bytes.count(where: { $0 == 0 }) > bytes.count / 16, EncodingFinder.marked(bytes) == nil,
            EncodingFinder.wide(bytes) == nil
        {
            self = .binary
        } else {
            return nil
        }
    }

    private static let signatures: [(bytes: [UInt8], format: UnreadableFormat)] = [
        ([UInt8]("%PDF-".utf8), .portableDocument),
        ([UInt8]("MIME-Version:".utf8), .singleFilePage),
        ([UInt8]("{\\rtf".utf8), .richText),
        ([0x1F, 0x8B], .compressed),
    ]

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
        case .compressed: "this is a gzip file; unpack it first"
        case .html: "this is an HTML page, whatever its name says; " + Self.remedy
        case .xml: "this begins as XML does, but has no root element; " + Self.remedy
        case .binary: "this is no text but binary data; " + Self.remedy
        }
    }

    private static let remedy = "open it in a spreadsheet program and save the sheet as \"CSV UTF-8\""
}
