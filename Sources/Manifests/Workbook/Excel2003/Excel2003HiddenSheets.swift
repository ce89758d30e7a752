/// Which sheets of an Excel 2003 XML workbook are hidden: the document says so only below each sheet's rows.
struct Excel2003HiddenSheets {
    /// The sheets' places, from 0.
    private(set) var places: Set<Int> = []

    private var sheet = -1
    private var text: [UInt8] = []
    private var isInWord = false

    /// Looks through a document, where a quick look at its bytes says that it may have some.
    ///
    /// - Parameters:
    ///   - path: the file's path.
    ///   - options: the encoding, where the user said one.
    /// - Throws: `ManifestError` where the file can't be opened.
    init(_ path: String, _ options: ManifestOptions) throws(ManifestError) {
        guard try Self.isWorthALook(Workbook.documentText(path, options)) else { return }
        let stream = Excel2003Stream(path: path, text: try Workbook.documentText(path, options))
        do {
            while let event = try stream.next() { take(event, stream) }
        } catch {
            // Whoever reads the rows comes to the fault as well, and tells of it.
            return
        }
    }

    private mutating func take(_ event: Excel2003Stream.Event, _ stream: Excel2003Stream) {
        switch event {
        case .start(.worksheet): sheet += 1
        case .start(.visible):
            isInWord = true
            text.removeAll()
        case .text where isInWord && text.count < 64: stream.appendText(to: &text)
        case .end(.visible):
            isInWord = false
            if String(decoding: text, as: UTF8.self).trimmed != "SheetVisible" { places.insert(sheet) }
        default: break
        }
    }

    /// Whether `SheetHidden` or `SheetVeryHidden` stands anywhere, as the attribute `Hidden` does not.
    private static func isWorthALook(_ source: XMLText) throws(ManifestError) -> Bool {
        let word = [UInt8]("Hidden".utf8)
        var chunk = [UInt8](repeating: 0, count: 1 << 17)
        var matched = 0
        var last: UInt8 = 0
        while true {
            let count = try source.read(into: &chunk)
            guard count > 0 else { return false }
            // A zero is half a letter of UTF-16.
            for byte in chunk[..<count] where byte != 0 {
                if byte == word[matched], matched > 0 || last == UInt8(ascii: "t") || last == UInt8(ascii: "y") {
                    matched += 1
                    if matched == word.count { return true }
                } else {
                    matched = 0
                }
                last = byte
            }
        }
    }
}
