internal import PartnerCenter

/// One step from a JSON value to one within it.
enum JSONStep: Hashable, Sendable {
    case member(String)
    case element(Int)
}

/// A place in a JSON text, for the person who must correct it.
struct JSONPlace: Hashable, Sendable {
    /// From 1.
    let line: Int
    /// From 1, in bytes.
    let column: Int

    /// Finds a value, or a member's name, in a text that was read already.
    ///
    /// - Parameters:
    ///   - path: the way to the value; of members with the same name the last one is meant.
    ///   - isName: whether the name of the last step's member is looked for rather than its value.
    ///   - bytes: the text, which may have comments.
    init(of path: [JSONStep], isName: Bool = false, in bytes: [UInt8]) {
        var scanner = JSONScanner(bytes)
        let before = bytes[..<scanner.offset(of: path[...], isName: isName)]
        line = before.count { $0 == 0x0A } + 1
        column = before.count - (before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0) + 1
    }
}

/// Walks through a text that is known to be JSON with comments.
private struct JSONScanner {
    private let bytes: [UInt8]
    private var position: Int

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// Where a value or a name begins; where the way to it ends, the innermost value that there is.
    mutating func offset(of path: ArraySlice<JSONStep>, isName: Bool) -> Int {
        skipSpace()
        let start = position
        guard let step = path.first else { return start }
        guard let found = find(step) else { return start }
        if isName, path.count == 1 { return found.name }
        position = found.value
        return offset(of: path.dropFirst(), isName: isName)
    }

    /// Looks for a step's target within the object or the list that begins here.
    private mutating func find(_ step: JSONStep) -> (name: Int, value: Int)? {
        guard let open = next, open == UInt8(ascii: "{") || open == UInt8(ascii: "[") else { return nil }
        var found: (name: Int, value: Int)?
        var index = 0
        position += 1
        skipSpace()
        while let byte = next, byte != UInt8(ascii: "}"), byte != UInt8(ascii: "]") {
            let start = position
            var reached = JSONStep.element(index)
            if open == UInt8(ascii: "{") {
                reached = .member(name())
                skipSpace()
                position += 1  // The colon.
                skipSpace()
            }
            if reached == step { found = (start, position) }
            skipValue()
            skipSpace()
            if next == UInt8(ascii: ",") { position += 1 }
            skipSpace()
            index += 1
        }
        return found
    }

    private mutating func name() -> String {
        let start = position
        skipText()
        // It was read before, so it can be read again.
        return (try? JSONWire.parse(Array(bytes[start..<position])))?.text ?? ""
    }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipValue() {
        var depth = 0
        repeat {
            skipSpace()
            switch next {
            case UInt8(ascii: "\""): skipText()
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                position += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                position += 1
            case nil: return
            default:
                position += 1
                while let byte = next, !",:]}/ \t\r\n".utf8.contains(byte) { position += 1 }
            }
        } while depth > 0
    }

    private mutating func skipText() {
        position += 1
        while let byte = next, byte != UInt8(ascii: "\"") { position += byte == UInt8(ascii: "\\") ? 2 : 1 }
        position += 1
    }

    private mutating func skipSpace() {
        while let byte = next {
            let rest = bytes[position...]
            if " \t\r\n".utf8.contains(byte) {
                position += 1
            } else if rest.starts(with: "//".utf8) {
                position = rest.firstIndex(of: 0x0A) ?? bytes.count
            } else if rest.starts(with: "/*".utf8) {
                position += 2
                while position < bytes.count, !bytes[position...].starts(with: "*/".utf8) { position += 1 }
                position = min(position + 2, bytes.count)
            } else {
                return
            }
        }
    }
}
