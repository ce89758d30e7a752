@testable import Manifests

/// Bytes in memory as a source.
final class MemorySource: ByteSource {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: UnsafeBufferPointer<UInt8>) { rest = Array(bytes)[...] }

    func read(into buffer: inout [UInt8]) throws(ManifestError) -> Int {
        let next = rest.prefix(buffer.count)
        buffer.replaceSubrange(..<next.count, with: next)
        rest = rest.dropFirst(next.count)
        return next.count
    }
}
