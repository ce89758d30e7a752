import Foundation

@testable import Manifests

/// The reader that is fed; scripts/fuzz names it.
private let reader = ProcessInfo.processInfo.environment["PURSER_FUZZ"]

/// What libFuzzer calls with the bytes that it makes up.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let source = MemorySource(UnsafeBufferPointer(start: bytes, count: count))
    switch reader {
    case "csv": readCSV(source)
    default: preconditionFailure("PURSER_FUZZ names no reader")
    }
    return 0
}

/// Reads bytes as CSV; whatever they are, they must be read to their end or refused with a `ManifestError`.
private func readCSV(_ source: MemorySource) {
    let known: Set<String> = ["companyName", "domain", "email", "Firma"]
    do {
        let head = try Head(of: source)
        guard UnreadableFormat(head.bytes) == nil else { return }
        let options = ManifestOptions { known.contains($0) }
        let reader = try CSVReader(path: "fuzz.csv", head: head, source: source, options: options)
        var (row, line) = (0, reader.headerLine)
        while let record = try reader.next() {
            precondition(record.row == row + 1 && record.line > line, "rows and lines go up")
            precondition(record.cells.count == reader.header.count, "a record is as wide as the header")
            (row, line) = (record.row, record.line)
        }
    } catch {
        precondition(error.kind == .malformed, "only bytes are at fault")
    }
}
