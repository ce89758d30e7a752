import Foundation

@testable import Manifests

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ count: UnsafeMutablePointer<Int32>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32

/// Feeds a reader what libFuzzer makes up: `Fuzz READER [options of libFuzzer]`.
@main
struct Fuzz {
    static func main() {
        var words = CommandLine.arguments
        let reader = words.count > 1 ? words.remove(at: 1) : ""
        var arguments = words.map { strdup($0) } + [nil]
        var count = Int32(words.count)
        arguments.withUnsafeMutableBufferPointer { buffer in
            guard var base = buffer.baseAddress else { return }
            switch reader {
            case "csv": exit(runDriver(&count, &base, readCSV))
            default:
                print("usage: Fuzz csv [options]")
                exit(64)
            }
        }
    }
}

/// Reads bytes as CSV; whatever they are, they must be read to their end or refused with a `ManifestError`.
private func readCSV(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    let known: Set<String> = ["companyName", "domain", "email", "Firma"]
    let source = MemorySource(UnsafeBufferPointer(start: bytes, count: count))
    do {
        let head = try Head(of: source)
        guard UnreadableFormat(head.bytes) == nil else { return 0 }
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
    return 0
}

/// Bytes in memory as a source.
private final class MemorySource: ByteSource {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: UnsafeBufferPointer<UInt8>) { rest = Array(bytes)[...] }

    func read(into buffer: inout [UInt8]) throws(ManifestError) -> Int {
        let next = rest.prefix(buffer.count)
        buffer.replaceSubrange(..<next.count, with: next)
        rest = rest.dropFirst(next.count)
        return next.count
    }
}
