/// The text of a shared or inline string, put together from its runs, without phonetic guides.
struct RichText {
    private(set) var bytes: [UInt8] = []
    private var isPhonetic = false
    private var isInText = false
    private var keepsSpace = false
    /// Where the text of the run under way starts.
    private var start = 0

    /// Takes an event within the string.
    mutating func take(_ event: XLSXStream.Event, _ stream: XLSXStream) {
        switch event {
        case .start(.phonetic): isPhonetic = true
        case .end(.phonetic): isPhonetic = false
        case .start(.text) where !isPhonetic:
            isInText = true
            keepsSpace = stream.attribute(.space) == "preserve"
            start = bytes.count
        case .text where isInText: stream.appendText(to: &bytes)
        case .end(.text) where isInText:
            isInText = false
            if !keepsSpace { trim() }
        default: break
        }
    }

    /// Forgets the text, to begin another.
    mutating func removeAll() {
        if !bytes.isEmpty { bytes.removeAll(keepingCapacity: true) }
        isPhonetic = false
        isInText = false
    }

    /// The text with its escapes resolved.
    mutating func finish() -> [UInt8] {
        EscapedText.resolve(&bytes)
        return bytes
    }

    /// Takes off white space that does not ask to be kept, as spreadsheet programs do.
    private mutating func trim() {
        while bytes.count > start, let last = bytes.last, last.isXMLSpace { bytes.removeLast() }
        let blank = bytes[start...].prefix(while: \.isXMLSpace).count
        if blank > 0 { bytes.removeSubrange(start..<start + blank) }
    }
}

extension UInt8 {
    /// Whether the byte is white space to XML.
    var isXMLSpace: Bool { isBlank || isLineBreak }
}
