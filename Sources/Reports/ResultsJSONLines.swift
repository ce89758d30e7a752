internal import Checkpoint
internal import Platform

/// `.results.jsonl`: one object per row, with the names of the CSV's columns, in their order.
///
/// Every object has every member, so that the first line tells a program what the others hold: `row`, `line`,
/// `httpStatus` and `attempts` are numbers, and what a row does not have is null. Text is as it is, without guards.
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
        for (index, (name, value)) in zip(ResultsCSV.columns, Self.values(of: row)).enumerated() {
            if index > 0 { line.append(UInt8(ascii: ",")) }
            JSONText.append(name, to: &line)
            line.append(UInt8(ascii: ":"))
            value.append(to: &line)
        }
        line.append(contentsOf: "}\n".utf8)
        try file?.write(line)
    }

    func finish() throws(SystemError) -> Bool {
        try file.take()?.commit()
        return true
    }

    private static func values(of row: RowResult) -> [JSONText] {
        [
            .number(row.row), .number(row.line), .string(row.status.rawValue), JSONText(row.customerId),
            .string(row.domain),
            .string(row.companyName), JSONText(row.idempotencyKey), row.httpStatus.map { .number($0) } ?? .null,
            .number(row.attempts), JSONText(row.problem?.code), JSONText(row.problem?.field),
            JSONText(row.problem?.message),
        ]
    }
}

/// A member's value, on its way into a line of JSON.
///
/// Written by hand because a line is written per row, with its members in the columns' order, which an encoder does not
/// keep.
enum JSONText {
    case string(String)
    case number(Int)
    case null

    /// A text, where there is one that says something.
    init(_ text: String?) {
        self = text.flatMap { $0.isEmpty ? nil : .string($0) } ?? .null
    }

    func append(to line: inout [UInt8]) {
        switch self {
        case .string(let text): Self.append(text, to: &line)
        case .number(let number): line.append(contentsOf: String(number).utf8)
        case .null: line.append(contentsOf: "null".utf8)
        }
    }

    /// Appends a text in quotes, with the escapes that JSON requires and no others.
    static func append(_ text: String, to line: inout [UInt8]) {
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
