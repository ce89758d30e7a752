#if canImport(Glibc)
    internal import Glibc
#endif

/// What tells the file at a path, and its present content, from another one that stands there later.
package struct FileState: Hashable, Sendable, Codable {
    /// The size in bytes.
    package let size: Int
    /// When it was last written to, in nanoseconds since 1970-01-01T00:00:00Z.
    package let modifiedNanoseconds: Int
    /// Whether the path is a symbolic link, and all else is said of what it leads to, where it leads to something.
    package let isLink: Bool
    /// Whether a program on this machine has it open to write to it, as far as this user may know.
    package let isOpenForWriting: Bool
    private let device: UInt
    private let inode: UInt

    /// Makes a state that no file needs to have.
    ///
    /// - Parameters:
    ///   - size: the size in bytes.
    ///   - modified: when it was last written to.
    ///   - inode: what tells it from other files.
    ///   - isOpenForWriting: whether a program has it open to write to it.
    package init(size: Int, modified: Timestamp, inode: UInt = 1, isOpenForWriting: Bool = false) {
        self.size = size
        modifiedNanoseconds = Int(modified.milliseconds) * 1_000_000
        isLink = false
        self.isOpenForWriting = isOpenForWriting
        device = 0
        self.inode = inode
    }

    /// Looks at a file; nil where nothing is there.
    ///
    /// - Parameter path: the file's path.
    package init?(of path: String) {
        var link = stat()
        guard unsafe lstat(path, &link) == 0 else { return nil }
        isLink = link.st_mode & S_IFMT == S_IFLNK
        var status = link
        if isLink, unsafe stat(path, &status) != 0 { status = link }
        isOpenForWriting = Self.findWriter(of: path, refreshing: &status)
        size = Int(status.st_size)
        modifiedNanoseconds = status.st_mtim.tv_sec * 1_000_000_000 + status.st_mtim.tv_nsec
        device = UInt(status.st_dev)
        inode = UInt(status.st_ino)
    }

    /// `F_SETLEASE` of fcntl(2), which the header keeps from all but GNU sources.
    private static let setLease: Int32 = 1024

    /// When it was last written to.
    package var modified: Timestamp { Timestamp(milliseconds: Int64(modifiedNanoseconds / 1_000_000)) }

    /// Opens an ordinary file to find out whether somebody has it open to write to it.
    ///
    /// Its status is read again while it is open: a network file system may tell old news of a file that is not.
    private static func findWriter(of path: String, refreshing status: inout stat) -> Bool {
        guard status.st_mode & S_IFMT == S_IFREG else { return false }
        let descriptor = unsafe open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var fresh = stat()
        if unsafe fstat(descriptor, &fresh) == 0 { status = fresh }
        // The system leases a file for reading only where nobody writes to it. Not every file system or user may ask.
        guard fcntl(descriptor, setLease, Int32(F_RDLCK)) == 0 else { return errno == EAGAIN }
        _ = fcntl(descriptor, setLease, Int32(F_UNLCK))
        return false
    }
}
