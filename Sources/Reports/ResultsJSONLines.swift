internal import Checkpoint
internal import Platform

/// `.results.jsonl`: one object per row, with the names of the CSV's columns, in their order.
///
/// Every object has every member, so that the first line tells a program what the others hold: `row`, `line`,
/// `httpStatus` and `attempts` are numbers, and what a row does not have is null. Text is as it is, without guards.
/// It is written by hand, as an encoder would not keep the members in the columns' order.
final class ResultsJSONLines: RowReport {
    let path: String
    private var file: ReplacementFile?
    private var line: [UInt8] = []

    init(_ path: String) throws(SystemError) {
        self.path = path
        file = try ReplacementFile(path)
    }

    func add(_ row: RowResult) throws(SystemError) {
        line.removeAll(keepingCapacity: true)
        line.append(UInt8(ascii: "{"))
        for (index, column) in ResultColumn.all.enumerated() {
            if index > 0 { line.append(UInt8(ascii: ",")) }
            append(column.name)
            line.append(UInt8(ascii: ":"))
            append(column.value(row))
        }
        line.append(contentsOf: "}\n".utf8)
        try file?.write(line)
    }

    func finish() throws(SystemError) -> Bool {
        try file.take()?.commit()
        return true
    }

    private func append(_ value: ResultColumn.Value) {
        switch value {
        case .text(let text): append(text)
        case .number(let number): line.append(contentsOf: String(number).utf8)
        case .empty: line.append(contentsOf: "null".utf8)
        }
    }

    /// Appends a text in quotes, with the escapes that JSON requires and no others.
    private func append(_ text: String) {
        line.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): line.append(contentsOf: [UInt8(ascii: "\\"), byte])
            case UInt8(ascii: "\n"): line.append(contentsOf: "\\n".utf8)
            case UInt8(ascii: "\r"): line.append(contentsOf: "\\r".utf8)
            case UInt8(ascii: "\t"): line.append(contentsOf: "\\t".utf8)
            case 0..<0x20: line.append(contentsOf: "\\u00\(byte < 0x10 ? "0" : "")\(String(byte, radix: 16))".utf8)
            default: line.append(byte)
            }
        }
        line.append(UInt8(ascii: "\""))
    }
}
