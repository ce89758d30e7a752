internal import Checkpoint
internal import Platform

/// `.results.xml`: one `row` element per row, for programs.
///
/// What is a number or one of a few words is an attribute, any other text an element; both have the names of the CSV's
/// columns, in their order. What a row does not have is not there. Text is as it is, without guards, but for what XML
/// can't hold: see `XMLCharacters`.
final class ResultsXML: RowReport {
    private static let head = """
        <?xml version="1.0" encoding="UTF-8"?>
        <!-- The results of a manifest, in its order. A row has as attributes its row (the record's number, from 1), line
             (where it starts in the manifest), status, httpStatus and attempts; as elements customerId, domain,
             companyName, idempotencyKey, code, field and message. What it does not have is left out. A character that
             XML can't hold stands as its picture (U+2400 to U+241F), or as U+FFFD. -->
        <results xmlns="urn:purser:results:1">

        """
    private static let columns = ResultColumn.all.filter { !$0.isAttribute }
    private static let attributes = ResultColumn.all.filter(\.isAttribute)

    let path: String
    private var file: ReplacementFile?

    init(_ path: String) throws(SystemError) {
        self.path = path
        file = try ReplacementFile(path)
        try file?.write(Self.head)
    }

    func add(_ row: RowResult) throws(SystemError) {
        var text = "<row"
        for column in Self.attributes {
            guard let value = Self.text(column.value(row)) else { continue }
            text += " \(column.name)=\"\(value)\""
        }
        text += ">"
        for column in Self.columns {
            guard let value = Self.text(column.value(row)) else { continue }
            text += "<\(column.name)>\(value)</\(column.name)>"
        }
        try file?.write(text + "</row>\n")
    }

    func finish() throws(SystemError) -> Bool {
        try file?.write("</results>\n")
        try file.take()?.commit()
        return true
    }

    /// A value in the form that element content takes; nil where there is none.
    private static func text(_ value: ResultColumn.Value) -> String? {
        switch value {
        case .text(let text): escaped(XMLCharacters.visible(text))
        case .number(let number): String(number)
        case .empty: nil
        }
    }

    private static func escaped(_ text: String) -> String {
        guard text.utf8.contains(where: { "<>&\r".utf8.contains($0) }) else { return text }
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "<"): bytes += "&lt;".utf8
            case UInt8(ascii: ">"): bytes += "&gt;".utf8
            case UInt8(ascii: "&"): bytes += "&amp;".utf8
            // A reader would take it for a line feed.
            case UInt8(ascii: "\r"): bytes += "&#13;".utf8
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// What XML can't hold.
enum XMLCharacters {
    /// A text with a picture in the place of each control character that XML can't hold, and U+FFFD in that of the two
    /// code points that are none.
    ///
    /// - Parameter text: any text.
    /// - Returns: a text that an XML document can hold, once it is escaped.
    static func visible(_ text: String) -> String {
        // Nearly every text has no byte of such a character.
        guard text.utf8.contains(where: { isForbidden($0) || $0 == 0xEF }) else { return text }
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0..<0x20 where isForbidden(UInt8(scalar.value)):
                scalars.append(Unicode.Scalar(0x2400 + UInt16(scalar.value)) ?? "\u{FFFD}")
            case 0xFFFE, 0xFFFF: scalars.append("\u{FFFD}")
            default: scalars.append(scalar)
            }
        }
        return String(scalars)
    }

    private static func isForbidden(_ byte: UInt8) -> Bool {
        byte < 0x20 && byte != UInt8(ascii: "\t") && byte != UInt8(ascii: "\n") && byte != UInt8(ascii: "\r")
    }
}
