#if canImport(Glibc)
    internal import Glibc
#endif

/// A file that is written beside its place and takes it only when it is whole.
///
/// Until `commit()` the target stays as it was; a replacement that is dropped leaves nothing behind.
/// Every call blocks: use it on a thread of your own, never on the cooperative pool.
package struct ReplacementFile: ~Copyable {
    /// The path that the file will have.
    package let target: String
    private let location: String
    /// Where the content is until then, for those who write it by other means than `write(_:)`.
    package let temporary: String
    private let file: File
    private var buffer: [UInt8] = []
    private var committed = false

    /// Starts a replacement.
    ///
    /// - Parameters:
    ///   - target: the path that the file will have.
    ///   - permissions: its mode bits.
    /// - Throws: `SystemError` where nothing can be written beside the target.
    package init(_ target: String, permissions: UInt32 = 0o644) throws(SystemError) {
        self.target = target
        // A link stays a link: what it leads to is replaced.
        location = Folder.absolute(target)
        temporary = Folder.join(Folder.parent(of: location), ".\(Folder.name(of: location)).\(getpid()).part")
        do {
            try Folder.remove(temporary)
            file = try File(temporary, .create, permissions: permissions)
        } catch {
            throw SystemError(code: error.code, operation: "write", path: target)
        }
    }

    deinit { if !committed { unsafe _ = unlink(temporary) } }

    /// Writes bytes at the end.
    ///
    /// - Parameter bytes: what is written.
    /// - Throws: `SystemError` where it can't be written, as on a full disk.
    package mutating func write(_ bytes: some Collection<UInt8>) throws(SystemError) {
        buffer.append(contentsOf: bytes)
        if buffer.count >= 1 << 16 { try flush() }
    }

    /// Writes text at the end, in UTF-8.
    ///
    /// - Parameter text: what is written.
    /// - Throws: `SystemError` where it can't be written, as on a full disk.
    package mutating func write(_ text: String) throws(SystemError) {
        try write(text.utf8)
    }

    /// Puts the whole file in its place, durably.
    ///
    /// - Throws: `SystemError` where it can't be saved or renamed; the target is then as it was.
    package consuming func commit() throws(SystemError) {
        try flush()
        try file.synchronize()
        do {
            try Folder.rename(temporary, to: location)
        } catch {
            throw SystemError(code: error.code, operation: "write", path: target)
        }
        committed = true
    }

    /// Sees to it that the disk has room for content that is written by other means than `write(_:)`.
    ///
    /// - Parameter size: how many bytes.
    /// - Throws: `SystemError` where there is not so much room.
    package func reserve(_ size: Int) throws(SystemError) {
        let code = posix_fallocate(file.descriptor, 0, size)
        guard code == 0 else { throw SystemError(code: code, operation: "write", path: target) }
    }

    private mutating func flush() throws(SystemError) {
        do {
            try file.write(buffer)
        } catch {
            throw SystemError(code: error.code, operation: "write", path: target)
        }
        buffer.removeAll(keepingCapacity: true)
    }
}
