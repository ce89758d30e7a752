internal import Platform

/// Where a reader's bytes come from: a file, or later what turns another encoding into UTF-8 on the way.
protocol ByteSource: AnyObject {
    /// Reads the next bytes into a buffer, from its start.
    ///
    /// - Returns: how many there are; 0 at the end.
    func read(into buffer: inout [UInt8]) throws(ManifestError) -> Int
}

/// The bytes of a file as they are.
///
/// A file that is written to while it is read would give rows that nobody wrote, half old and half new: none of them is
/// passed on. One that is replaced or removed meanwhile stays readable as it was.
final class FileSource: ByteSource {
    private let file: File
    private let stamp: File.Stamp?

    init(_ path: String) throws(ManifestError) {
        do {
            file = try File(path, .read)
            stamp = try file.stamp()
        } catch {
            throw ManifestError(error)
        }
    }

    func read(into buffer: inout [UInt8]) throws(ManifestError) -> Int {
        let count: Int
        let isSame: Bool
        do {
            count = try file.read(into: &buffer)
            isSame = try file.stamp() == stamp
        } catch {
            throw ManifestError(error)
        }
        guard isSame else {
            let message =
                "the file was changed while it was read; nothing of the change was used: "
                + "run the same command again when nobody writes to it"
            throw ManifestError(.malformed, path: file.path, message: message)
        }
        return count
    }
}

/// The first bytes of a source, read ahead to tell what it holds.
struct Head {
    /// How many bytes are read ahead.
    static let length = 1 << 20

    var bytes: [UInt8] = []
    /// Whether these are all.
    var isWhole = false

    init(of source: any ByteSource) throws(ManifestError) {
        var buffer = [UInt8](repeating: 0, count: Self.length)
        while bytes.count < Self.length, !isWhole {
            let count = try source.read(into: &buffer)
            bytes.append(contentsOf: buffer[..<count])
            isWhole = count == 0
        }
    }
}

extension ManifestError {
    fileprivate init(_ error: SystemError) {
        // What is no UTF-8 was replaced on the way from the command line.
        let isReplaced = error.path.unicodeScalars.contains("\u{FFFD}")
        let remedy = isReplaced ? " (a name in an encoding other than UTF-8 can't be told; rename the file)" : ""
        self.init(.unavailable, path: error.path, message: "can't \(error.operation): \(error.reason)\(remedy)")
    }
}
