package import Platform

#if canImport(Glibc)
    internal import Glibc
#endif

/// Why a report, or the credentials file, can't be written: exit 73.
package struct ReportError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The path of the file or folder at fault.
    package let path: String
    /// What is wrong and what to do, one sentence.
    package let message: String

    /// Makes an error.
    ///
    /// - Parameters:
    ///   - path: the path of the file or folder at fault.
    ///   - message: what is wrong and what to do.
    package init(path: String, message: String) {
        self.path = path
        self.message = message
    }

    /// Makes an error of a call that the system refused.
    ///
    /// - Parameters:
    ///   - error: the system's refusal.
    ///   - path: the report that was being written, whatever file beside it the call was about.
    package init(_ error: SystemError, path: String) {
        self.init(path: path, message: "can't \(error.operation): \(error.reason); \(Self.remedy(for: error.code))")
    }

    package var description: String { "\(path): \(message)" }

    /// Names the report at fault where the system refuses a call.
    ///
    /// - Parameters:
    ///   - path: the report's path.
    ///   - body: the calls.
    /// - Returns: what they return.
    /// - Throws: `ReportError` in place of their error.
    static func naming<Value: ~Copyable>(
        _ path: String,
        _ body: () throws(SystemError) -> Value
    ) throws(ReportError) -> Value {
        do { return try body() } catch { throw ReportError(error, path: path) }
    }

    private static func remedy(for code: Int32) -> String {
        switch code {
        case ENOSPC, EDQUOT: "free some space, then run the same command again"
        case EACCES, EPERM, EROFS: "let this user write there, or choose another place"
        case ENOTDIR, EEXIST: "a file stands where a folder must be; move it away, or choose another place"
        case EISDIR: "a folder stands where the file must be; move it away, or choose another place"
        case ENAMETOOLONG: "give the manifest or the folder a shorter name"
        default: "check the disk, then run the same command again"
        }
    }
}
