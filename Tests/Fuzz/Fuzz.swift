import Foundation
import Platform

/// What is fed; scripts/fuzz names it.
private let target = ProcessInfo.processInfo.environment["PURSER_FUZZ"].flatMap(Target.init)

/// The readers that can be fed.
enum Target: String {
    case csv, xml, workbook, zip

    /// Reads bytes; whatever they are, they must be read to their end or refused with a `ManifestError`.
    func feed(_ bytes: [UInt8]) {
        switch self {
        case .csv: feedCSV(bytes)
        case .xml: feedXML(bytes)
        case .workbook: feedWorkbook(bytes)
        case .zip: feedArchive(bytes)
        }
    }

    /// Inputs to begin with, besides the samples.
    var seeds: [[UInt8]] {
        switch self {
        case .csv: Seeds.csv
        case .xml: Seeds.xml
        case .workbook: Seeds.workbooks
        case .zip: Seeds.archives
        }
    }
}

/// What libFuzzer calls before all else: writes the seeds into the folder that `PURSER_FUZZ_SEEDS` names.
@_cdecl("LLVMFuzzerInitialize")
public func initialize(_ count: OpaquePointer?, _ arguments: OpaquePointer?) -> CInt {
    guard let target else { preconditionFailure("PURSER_FUZZ names no reader") }
    if let folder = ProcessInfo.processInfo.environment["PURSER_FUZZ_SEEDS"] {
        for (index, seed) in target.seeds.enumerated() {
            let isWritten = FileManager.default.createFile(atPath: "\(folder)/seed-\(index)", contents: Data(seed))
            precondition(isWritten, "the folder can be written to")
        }
    }
    return 0
}

/// What libFuzzer calls with the bytes that it makes up.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    target?.feed(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}

/// What libFuzzer calls to make an input up from another one.
@_cdecl("LLVMFuzzerCustomMutator")
public func mutate(_ start: UnsafeMutablePointer<UInt8>?, _ count: Int, _ room: Int, _ seed: CUnsignedInt) -> Int {
    guard let start else { return 0 }
    var generator = SeededGenerator(seed: UInt64(seed))
    let knowsMarkup = target == .xml || target == .workbook
    guard knowsMarkup, Int.random(in: 0..<4, using: &generator) > 0 else { return mutateBytes(start, count, room) }
    var markup = Markup(UnsafeBufferPointer(start: start, count: count))
    for _ in 0...Int.random(in: 0..<3, using: &generator) { markup.mutate(using: &generator) }
    let bytes = markup.bytes.prefix(room)
    return UnsafeMutableBufferPointer(start: start, count: bytes.count).update(fromContentsOf: bytes)
}

/// libFuzzer's own way to do so, which knows the dictionary.
@_silgen_name("LLVMFuzzerMutate")
private func mutateBytes(_ start: UnsafeMutablePointer<UInt8>, _ count: Int, _ room: Int) -> Int
