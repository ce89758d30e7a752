@testable import Manifests

/// Bytes in memory as a source, so many at a time.
final class MemorySource: ByteSource {
    private var rest: ArraySlice<UInt8>
    private let most: Int

    init(_ bytes: [UInt8] = [], most: Int = .max) {
        rest = bytes[...]
        self.most = most
    }

    func read(into buffer: inout [UInt8]) throws(ManifestError) -> Int {
        let next = rest.prefix(min(buffer.count, most))
        buffer.replaceSubrange(..<next.count, with: next)
        rest = rest.dropFirst(next.count)
        return next.count
    }
}

extension Head {
    private static let empty = try? Head(of: MemorySource())

    /// A head that is all of a text, or none of it, made without the buffer of a MiB that files are read with.
    init(_ bytes: [UInt8], isWhole: Bool = true) {
        guard let empty = Self.empty else { preconditionFailure("an empty head can't fail") }
        self = empty
        self.bytes = bytes
        self.isWhole = isWhole
    }
}
