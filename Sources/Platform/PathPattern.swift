#if canImport(Glibc)
    internal import Glibc
#endif

/// Finds files by a pattern as a shell has it: `inbox/*.csv`.
///
/// Every call blocks: use it on a thread of your own, never on the cooperative pool.
package enum PathPattern {
    /// Whether a text has one of the signs that make it a pattern: `*`, `?` or `[`.
    ///
    /// - Parameter text: a path or a pattern.
    /// - Returns: whether it may stand for several paths.
    package static func isPattern(_ text: String) -> Bool { text.utf8.contains { "*?[".utf8.contains($0) } }

    /// The paths that fit a pattern, in the order of their bytes; names that begin with a dot fit no sign.
    ///
    /// - Parameters:
    ///   - pattern: the pattern; `*` and `?` do not stand for a slash.
    ///   - folder: what a relative pattern is relative to, taken as it is; empty for the present folder.
    /// - Returns: the paths; none where nothing fits or a folder can't be looked into. Those with a name that is not
    ///   UTF-8 are not among them.
    package static func paths(_ pattern: String, in folder: String = "") -> [String] {
        matches(pattern, in: folder).compactMap(text)
    }

    /// The paths that fit a pattern and have a name that is not UTF-8.
    ///
    /// - Parameters:
    ///   - pattern: the pattern.
    ///   - folder: what a relative pattern is relative to.
    /// - Returns: the paths of ordinary files.
    package static func undecodablePaths(_ pattern: String, in folder: String = "") -> [UndecodablePath] {
        matches(pattern, in: folder).compactMap { bytes in
            guard text(bytes) == nil else { return nil }
            var status = stat()
            let isFile = unsafe stat(bytes, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
            return isFile ? UndecodablePath(bytes: bytes) : nil
        }
    }

    /// A path without the zero at its end; nil where it is not UTF-8.
    private static func text(_ path: [CChar]) -> String? {
        String(validating: path.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    private static func matches(_ pattern: String, in folder: String) -> [[CChar]] {
        let whole = folder.isEmpty ? pattern : Folder.join(escaped(folder), pattern)
        var found = unsafe glob_t()
        defer { unsafe globfree(&found) }
        guard unsafe glob(whole, 0, nil, &found) == 0 else { return [] }
        return unsafe (0..<Int(found.gl_pathc)).compactMap { index in
            unsafe found.gl_pathv[index].map { unsafe Array(UnsafeBufferPointer(start: $0, count: strlen($0) + 1)) }
        }
    }

    /// A path in which no sign means anything but itself.
    private static func escaped(_ path: String) -> String {
        path.reduce(into: "") { result, character in
            if "*?[\\".contains(character) { result.append("\\") }
            result.append(character)
        }
    }
}
