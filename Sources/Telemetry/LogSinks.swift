internal import Synchronization

/// Keeps entries in memory, for tests.
package final class MemoryLogSink: LogSink {
    private let kept = Mutex<[LogEntry]>([])

    package init() {}

    /// What was written so far.
    package var entries: [LogEntry] { kept.withLock { $0 } }

    package func write(_ entry: LogEntry) {
        kept.withLock { $0.append(entry) }
    }
}

extension LogEntry {
    /// The entry as a line of text, without its end.
    package var text: String {
        let pairs = metadata.map { " \($0.name)=\(Self.isPlain($0.value) ? $0.value : Self.quoted($0.value))" }
        return "\(time) \(level.rawValue) \(message)\(pairs.joined())"
    }

    /// The entry as a line of JSON, without its end.
    package var json: String {
        let pairs = [("time", "\(time)"), ("level", level.rawValue), ("message", message)]
        let all = pairs + metadata.map { ($0.name, $0.value) }
        return "{\(all.map { "\(Self.quoted($0.0)):\(Self.quoted($0.1))" }.joined(separator: ","))}"
    }

    private static func isPlain(_ value: String) -> Bool {
        !value.isEmpty && value.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\"") }
    }

    /// A text as a JSON string (RFC 8259, section 7).
    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
