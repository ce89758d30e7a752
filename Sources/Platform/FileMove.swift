#if canImport(Glibc)
    internal import Glibc
#endif

/// Moves files so that at any moment each is at one place at least, and none is written over.
///
/// Every call blocks: use it on a thread of your own, never on the cooperative pool.
package enum FileMove {
    /// Moves a file, durably; to another file system it is copied, saved, and then removed where it was.
    ///
    /// Of a symbolic link the content is moved that it leads to: the link is removed, and what it leads to stays.
    ///
    /// - Parameters:
    ///   - source: the file's path.
    ///   - target: its new path, in a folder that exists.
    ///   - state: what the file must be; another one is left where it is.
    /// - Returns: whether it was moved.
    /// - Throws: `SystemError` where the system refuses, or something stands at the target; the file is at its old
    ///   place then.
    package static func move(_ source: String, to target: String, as state: FileState) throws(SystemError) -> Bool {
        guard FileState(of: target) == nil else {
            throw refusal("\(source)", target, EEXIST)
        }
        guard FileState(of: source) == state else { return false }
        let isMoved: Bool
        if state.isLink, Folder.exists(source) {
            isMoved = try copy(source, to: target, as: state)
        } else if unsafe Glibc.rename(source, target) == 0 {
            // Whoever replaced the file in this very moment keeps it.
            isMoved = FileState(of: target) == state
            if !isMoved { try putBack(target, to: source) }
        } else if errno == EXDEV {
            isMoved = try copy(source, to: target, as: state)
        } else {
            throw refusal("\(source)", target)
        }
        try Folder.synchronize(Folder.parent(of: target))
        try Folder.synchronize(Folder.parent(of: source))
        return isMoved
    }

    /// Moves a file whose name is no text, to one that is.
    ///
    /// - Parameters:
    ///   - source: the file's path.
    ///   - target: its new path, in the same file system, where nothing stands.
    /// - Throws: `SystemError` where the system refuses.
    package static func move(_ source: UndecodablePath, to target: String) throws(SystemError) {
        guard FileState(of: target) == nil else {
            throw refusal("\(source)", target, EEXIST)
        }
        guard unsafe Glibc.rename(source.bytes, target) == 0 else {
            throw refusal("\(source)", target)
        }
        try Folder.synchronize(Folder.parent(of: target))
    }

    private static func refusal(_ source: String, _ target: String, _ code: Int32 = errno) -> SystemError {
        SystemError(code: code, operation: "move it into \(Folder.parent(of: target))", path: source)
    }

    /// Puts a file back, unless something stands at its place by now.
    private static func putBack(_ path: String, to place: String) throws(SystemError) {
        if unsafe link(path, place) == 0 { return try Folder.remove(path) }
        // Not every file system knows a second name for a file.
        guard errno != EEXIST, FileState(of: place) == nil, unsafe Glibc.rename(path, place) == 0 else {
            throw SystemError(operation: "put back \(place) from", path: path)
        }
    }

    private static func copy(
        _ source: String,
        to target: String,
        as state: FileState
    ) throws(SystemError) -> Bool {
        let temporary = Folder.join(Folder.parent(of: target), ".copy.part")
        do {
            try Folder.remove(temporary)
            try copyContent(of: source, to: temporary)
            try Folder.rename(temporary, to: target)
        } catch {
            unsafe _ = unlink(temporary)
            throw refusal(source, target, error.code)
        }
        guard FileState(of: source) == state else {
            try Folder.remove(target)
            return false
        }
        guard unsafe unlink(source) == 0 else {
            let error = SystemError(operation: "remove", path: source)
            try Folder.remove(target)
            throw error
        }
        return true
    }

    private static func copyContent(of source: String, to target: String) throws(SystemError) {
        let original = try File(source, .read)
        let copy = try File(target, .create, permissions: 0o600)
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while case let count = try original.read(into: &buffer), count > 0 { try copy.write(buffer[..<count]) }
        var status = stat()
        if unsafe fstat(original.descriptor, &status) == 0 {
            try copy.setPermissions(status.st_mode & 0o777)
            unsafe _ = futimens(copy.descriptor, [status.st_atim, status.st_mtim])
        }
        try copy.synchronize()
    }
}

/// A path with a name in it that is not UTF-8, as of a file from an old archive or system.
package struct UndecodablePath: Hashable, Sendable, CustomStringConvertible {
    /// The bytes, with a zero at the end.
    let bytes: [CChar]

    /// The path, with `%E9` for each byte that is none of a UTF-8 text or moves a terminal's cursor.
    package var description: String {
        var text = ""
        var rest = bytes.dropLast().map(UInt8.init(bitPattern:))[...]
        while let first = rest.first {
            let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
            if first > 0x20, first != 0x7F, let part = String(validating: rest.prefix(length), as: UTF8.self) {
                text += part
                rest = rest.dropFirst(length)
            } else {
                let digits = String(first, radix: 16, uppercase: true)
                text += "%\(digits.count < 2 ? "0" : "")\(digits)"
                rest = rest.dropFirst()
            }
        }
        return text
    }
}
