#if canImport(Glibc)
    internal import Glibc
#endif

/// What is done to folders and to the names in them.
///
/// Every call blocks: use it on a thread of your own, never on the cooperative pool.
package enum Folder {
    /// Makes a folder, and those above it, where they are missing.
    ///
    /// - Parameter path: the folder's path.
    /// - Throws: `SystemError` where one can't be made, or a file is in the way.
    package static func make(_ path: String) throws(SystemError) {
        if isFolder(path) { return }
        let above = parent(of: path)
        if above != path, !isFolder(above) { try make(above) }
        guard unsafe mkdir(path, 0o755) == 0 || (errno == EEXIST && isFolder(path)) else {
            throw SystemError(operation: "make the folder", path: path)
        }
    }

    /// Whether a folder is at the path.
    ///
    /// - Parameter path: the path to look at.
    /// - Returns: true for a folder or a link to one.
    package static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Whether an ordinary file is at the path: one that can be read more than once.
    ///
    /// - Parameter path: the path to look at.
    /// - Returns: true for a file or a link to one; false for a pipe, a device, a folder, or nothing.
    package static func isRegularFile(_ path: String) -> Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    /// Whether anything is at the path.
    ///
    /// - Parameter path: the path to look at.
    /// - Returns: true for a file, a folder or a link to one.
    package static func exists(_ path: String) -> Bool {
        unsafe access(path, F_OK) == 0
    }

    /// The folder that a path's last part is in.
    ///
    /// - Parameter path: a path, absolute or relative.
    /// - Returns: all before the last part; `.` where there is nothing before it.
    package static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// A path's last part.
    ///
    /// - Parameter path: a path, absolute or relative.
    /// - Returns: all after the last slash.
    package static func name(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
    }

    /// A path below a folder.
    ///
    /// - Parameters:
    ///   - folder: what a relative path is relative to.
    ///   - path: a path, absolute or relative.
    /// - Returns: the path itself where it is absolute, else the two joined.
    package static func join(_ folder: String, _ path: String) -> String {
        path.hasPrefix("/") ? path : folder.hasSuffix("/") ? folder + path : "\(folder)/\(path)"
    }

    /// The path from the root, with links and `..` resolved as far as the path exists.
    ///
    /// - Parameter path: a path, absolute or relative.
    /// - Returns: the absolute path.
    package static func absolute(_ path: String) -> String {
        if let resolved = unsafe realpath(path, nil) {
            defer { unsafe free(resolved) }
            return unsafe String(cString: resolved)
        }
        let above = parent(of: path)
        return above == path ? path : join(absolute(above), name(of: path))
    }

    /// Renames a file over another, so that a reader sees the old or the new one, never half of it.
    ///
    /// - Parameters:
    ///   - source: the file to rename.
    ///   - target: its new path, in the same file system.
    /// - Throws: `SystemError` where the system refuses.
    package static func rename(_ source: String, to target: String) throws(SystemError) {
        guard unsafe Glibc.rename(source, target) == 0 else { throw SystemError(operation: "write", path: target) }
        try synchronize(parent(of: target))
    }

    /// Removes a file; one that is not there is no error.
    ///
    /// - Parameter path: the file's path.
    /// - Throws: `SystemError` where the system refuses.
    package static func remove(_ path: String) throws(SystemError) {
        guard unsafe unlink(path) == 0 || errno == ENOENT else { throw SystemError(operation: "remove", path: path) }
    }

    /// Makes a folder that must not exist yet.
    ///
    /// - Parameter path: the folder's path, in a folder that exists.
    /// - Returns: false where something stands there already.
    /// - Throws: `SystemError` where it can't be made.
    package static func makeNew(_ path: String) throws(SystemError) -> Bool {
        if unsafe mkdir(path, 0o755) == 0 { return true }
        guard errno == EEXIST else { throw SystemError(operation: "make the folder", path: path) }
        return false
    }

    /// Removes a folder that has nothing in it; any other stays.
    ///
    /// - Parameter path: the folder's path.
    package static func removeEmpty(_ path: String) { unsafe _ = rmdir(path) }

    /// Makes a folder's names survive a power loss.
    ///
    /// - Parameter path: the folder's path.
    /// - Throws: `SystemError` where it can't be opened or saved.
    package static func synchronize(_ path: String) throws(SystemError) {
        try File(path, .read).synchronize()
    }
}
