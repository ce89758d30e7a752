#if canImport(Glibc)
    internal import Glibc
#endif

/// An open file, closed when it goes out of scope.
///
/// Every call blocks: use it on a thread of your own, never on the cooperative pool.
package struct File: ~Copyable, Sendable {
    /// How a file is opened.
    package enum Mode: Sendable {
        /// For reading, from the start.
        case read
        /// For writing a file that must not exist yet.
        case create
        /// For writing at the end, made if missing; what is there can be read.
        case append
        /// For reading and writing, made if missing.
        case update
    }

    /// The file's path, as it was given.
    package let path: String
    let descriptor: Int32

    /// Opens a file.
    ///
    /// - Parameters:
    ///   - path: the file's path.
    ///   - mode: for what it is opened.
    ///   - permissions: the mode bits of a file that is made, such as `0o600`; the process's mask applies.
    /// - Throws: `SystemError` where it can't be opened.
    package init(_ path: String, _ mode: Mode, permissions: UInt32 = 0o644) throws(SystemError) {
        let flags =
            switch mode {
            case .read: O_RDONLY
            case .create: O_WRONLY | O_CREAT | O_EXCL
            case .append: O_RDWR | O_CREAT | O_APPEND
            case .update: O_RDWR | O_CREAT
            }
        let opened = unsafe open(path, flags | O_CLOEXEC, permissions)
        guard opened >= 0 else { throw SystemError(operation: "open", path: path) }
        self.path = path
        descriptor = opened
    }

    deinit { close(descriptor) }

    /// The file's size in bytes.
    ///
    /// - Throws: `SystemError` where the system does not tell.
    package func size() throws(SystemError) -> Int {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw SystemError(operation: "inspect", path: path) }
        return Int(status.st_size)
    }

    /// What tells one content of a file from a later one: its size and the moment it was last written to.
    package struct Stamp: Hashable, Sendable {
        private let size: Int
        private let seconds: Int
        private let nanoseconds: Int

        fileprivate init(_ status: stat) {
            size = Int(status.st_size)
            seconds = status.st_mtim.tv_sec
            nanoseconds = status.st_mtim.tv_nsec
        }
    }

    /// The stamp of the file's present content.
    ///
    /// - Returns: the stamp; nil where it is no regular file, whose content comes and goes.
    /// - Throws: `SystemError` where the system does not tell.
    package func stamp() throws(SystemError) -> Stamp? {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw SystemError(operation: "inspect", path: path) }
        return status.st_mode & S_IFMT == S_IFREG ? Stamp(status) : nil
    }

    /// Whether it is a file in the plain sense, not a device, a pipe or a folder.
    ///
    /// - Returns: true for a regular file.
    /// - Throws: `SystemError` where the system does not tell.
    package func isRegular() throws(SystemError) -> Bool {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw SystemError(operation: "inspect", path: path) }
        return status.st_mode & S_IFMT == S_IFREG
    }

    /// Whether the file still stands at its path: it was neither removed nor replaced since it was opened.
    ///
    /// - Returns: false where what is written to it can't be found at the path any more.
    package func isInPlace() -> Bool {
        var opened = stat()
        var named = stat()
        return unsafe fstat(descriptor, &opened) == 0 && stat(path, &named) == 0
            && opened.st_dev == named.st_dev && opened.st_ino == named.st_ino
    }

    /// Whether the file has no name any more: what it holds goes when it is closed.
    ///
    /// - Returns: true where it was removed, or another file was put in its place.
    package func isRemoved() -> Bool {
        var status = stat()
        return unsafe fstat(descriptor, &status) == 0 && status.st_nlink == 0
    }

    /// Goes back to the start, for reading.
    ///
    /// - Throws: `SystemError` where the file has no places to go to, as a pipe.
    package func rewind() throws(SystemError) {
        guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw SystemError(operation: "read", path: path) }
    }

    /// Reads the next bytes into a buffer.
    ///
    /// - Parameter buffer: where the bytes go, from its start.
    /// - Returns: how many were read; 0 at the end of the file.
    /// - Throws: `SystemError` where reading fails, as on a folder.
    package func read(into buffer: inout [UInt8]) throws(SystemError) -> Int { try read(into: &buffer, from: 0) }

    /// Reads the next bytes, in as many goes as it takes.
    ///
    /// - Parameter count: the most that are read.
    /// - Returns: the bytes; fewer than that only where the file ends.
    /// - Throws: `SystemError` where reading fails, as on a folder.
    package func read(atMost count: Int) throws(SystemError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var end = 0
        while end < count {
            let added = try read(into: &bytes, from: end)
            if added == 0 { break }
            end += added
        }
        return Array(bytes[..<end])
    }

    private func read(into buffer: inout [UInt8], from start: Int) throws(SystemError) -> Int {
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { buffer in
                let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[start...])
                return unsafe Glibc.read(descriptor, rest.baseAddress, rest.count)
            }
            if count >= 0 { return count }
            guard errno == EINTR else { throw SystemError(operation: "read", path: path) }
        }
    }

    /// Writes all of some bytes.
    ///
    /// - Parameter bytes: what is written.
    /// - Throws: `SystemError` where not all of it could be written, as on a full disk.
    package func write(_ bytes: some Sequence<UInt8>) throws(SystemError) {
        try OpenDescriptor(descriptor, name: path).write(bytes)
    }

    /// Makes what was written survive a power loss (`fsync`).
    ///
    /// - Throws: `SystemError` where the disk refuses; what was written since the last call may be lost.
    package func synchronize() throws(SystemError) {
        guard fsync(descriptor) == 0 else { throw SystemError(operation: "save", path: path) }
    }

    /// Cuts the file to a length.
    ///
    /// - Parameter length: the bytes to keep.
    /// - Throws: `SystemError` where the system refuses.
    package func truncate(to length: Int) throws(SystemError) {
        guard ftruncate(descriptor, off_t(length)) == 0 else { throw SystemError(operation: "shorten", path: path) }
    }

    /// Sets the file's permissions, whatever the process's mask.
    ///
    /// - Parameter permissions: the mode bits, such as `0o600`.
    /// - Throws: `SystemError` where the system refuses.
    package func setPermissions(_ permissions: UInt32) throws(SystemError) {
        guard fchmod(descriptor, permissions) == 0 else { throw SystemError(operation: "protect", path: path) }
    }

    /// Takes the file's lock for this process, without waiting; the kernel frees it when the process dies.
    ///
    /// - Returns: whether the lock was free.
    /// - Throws: `SystemError` where the file system knows no locks.
    package func lock() throws(SystemError) -> Bool {
        if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
        guard errno == EWOULDBLOCK else { throw SystemError(operation: "lock", path: path) }
        return false
    }

    /// Gives the file's lock back now, also where a child process that is just starting has a copy of the descriptor.
    ///
    /// - Throws: `SystemError` where the system refuses.
    package func unlock() throws(SystemError) {
        guard flock(descriptor, LOCK_UN) == 0 else { throw SystemError(operation: "unlock", path: path) }
    }
}
