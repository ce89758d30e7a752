import Glibc

@testable import Manifests

/// The file that workbooks are read from; it has no name, so that none is left behind.
private let file = ScratchFile()

/// Reads bytes as the parts of a workbook, by their first byte: `x` for the parts of an XLSX archive, `o` for the
/// content of an ODS archive, and anything else for a workbook that is one XML document.
func feedWorkbook(_ bytes: [UInt8]) {
    let rest = bytes.dropFirst()
    switch bytes.first {
    case UInt8(ascii: "x"): feedArchive(StoredArchive.bytes(ofXLSX: rest))
    case UInt8(ascii: "o"): feedArchive(StoredArchive.bytes(ofODS: rest))
    default:
        // One that is no workbook is a manifest or text, and the other targets' matter.
        let text = try? XMLText(path: file.path, head: Head(bytes), source: MemorySource(), encoding: nil)
        guard let text, let root = try? XMLRoot(text, path: file.path), WorkbookDocument(root) != nil else { return }
        read(bytes)
    }
}

/// Reads bytes as a zip archive.
func feedArchive(_ bytes: [UInt8]) {
    guard Workbook.isArchive(bytes) else { return }
    read(bytes)
}

private func read(_ bytes: [UInt8]) {
    file.hold(bytes)
    var options = knowingOptions
    switch bytes.count % 32 {
    case 0: options.headerRow = 2
    case 1: options.sheet = "Data"
    default: break
    }
    func read() -> Reading {
        Reading(.areSheetRows) { () throws(ManifestError) in
            guard Workbook.isArchive(bytes) else { return try Manifest.open(file.path, options) }
            return try Workbook.openArchive(file.path, options)
        }
    }
    let reading = read()
    if bytes.count % 8 == 7 { precondition(read() == reading, "the same bytes give the same records") }
}

/// A file without a name that holds one input after the other.
private final class ScratchFile: Sendable {
    let path: String
    private let descriptor: Int32

    init() {
        var name = Array("input-XXXXXX".utf8CString)
        descriptor = mkstemp(&name)
        precondition(descriptor >= 0 && unlink(name) == 0, "the folder can be written to")
        path = "/proc/self/fd/\(descriptor)"
    }

    /// Replaces what the file holds.
    func hold(_ bytes: [UInt8]) {
        precondition(ftruncate(descriptor, 0) == 0 && pwrite(descriptor, bytes, bytes.count, 0) == bytes.count)
    }
}
