internal import Platform
internal import SQLite

extension SQLiteError {
    /// Makes an error that says that the database contradicts itself.
    ///
    /// - Parameter damage: what is wrong with it.
    init(damage: String) {
        self.init(extendedCode: Code.corrupt.rawValue, message: damage)
    }
}

extension CheckpointError {
    /// Makes an error of a call that came after the checkpoint was closed.
    ///
    /// - Parameter path: the checkpoint's path, as it was given.
    /// - Returns: the error.
    static func closed(_ path: String) -> CheckpointError {
        CheckpointError(.unwritable, path: path, message: "the checkpoint is closed")
    }

    /// Makes an error of a file that is not, or is no longer, a checkpoint.
    ///
    /// - Parameters:
    ///   - reason: what is wrong with it.
    ///   - path: the checkpoint's path, as it was given.
    /// - Returns: the error.
    static func foreign(_ reason: String, path: String) -> CheckpointError {
        let message = "\(reason); it is left as it is: restore it from a backup, or name another file with --checkpoint"
        return CheckpointError(.foreign, path: path, message: message)
    }

    /// Makes an error of a call to SQLite that failed.
    ///
    /// - Parameters:
    ///   - error: what SQLite says.
    ///   - path: the checkpoint's path, as it was given.
    init(_ error: SQLiteError, path: String) {
        let reason =
            error.systemCode == 0
            ? error.message : SystemError(code: error.systemCode, operation: "write", path: path).reason
        // A table that every checkpoint has may be missing in this one.
        let code = error.message.hasPrefix("no such ") ? .corrupt : error.code
        switch code {
        case .corrupt, .notADatabase:
            self = .foreign("the checkpoint is damaged (\(error.message))", path: path)
        case .busy:
            let message = "another program is writing to the checkpoint; end it, then run again"
            self.init(.held, path: path, message: message)
        case .full:
            let message = "the checkpoint can't be written: the disk is full; make room, then run again to resume"
            self.init(.unwritable, path: path, message: message)
        case .readOnly:
            let message = "the checkpoint can't be written: it may only be read; make it and its folder writable"
            self.init(.unwritable, path: path, message: message)
        default:
            let message = "the checkpoint can't be written: \(reason); run again to resume"
            self.init(.unwritable, path: path, message: message)
        }
    }

    /// Makes an error of a call to the system that failed.
    ///
    /// - Parameters:
    ///   - error: what the system says.
    ///   - path: the checkpoint's path, as it was given.
    init(_ error: SystemError, path: String) {
        let message = "the checkpoint can't be written: can't \(error.operation) \(error.path): \(error.reason)"
        self.init(.unwritable, path: path, message: message)
    }
}

extension CheckpointError {
    /// Makes an error of whatever the work on a checkpoint threw.
    ///
    /// - Parameters:
    ///   - error: what was thrown.
    ///   - path: the checkpoint's path, as it was given.
    init(any error: any Error, path: String) {
        switch error {
        case let error as CheckpointError: self = error
        case let error as SQLiteError: self.init(error, path: path)
        case let error as SystemError: self.init(error, path: path)
        default: self.init(.unwritable, path: path, message: "the checkpoint can't be written: \(error)")
        }
    }
}
