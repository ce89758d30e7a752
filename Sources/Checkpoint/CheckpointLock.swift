internal import FoundationEssentials
internal import Glibc
internal import Platform

/// The lock that lets one run at a time have a checkpoint; the kernel frees it when the process dies.
///
/// It is a file of its own, `<checkpoint>.lock`, that says whose it is. The file stays when the lock is given back:
/// removing it could take it away from under a process that has just opened it.
struct CheckpointLock: ~Copyable {
    private let file: File

    /// Takes the lock, without waiting.
    ///
    /// - Parameters:
    ///   - location: the checkpoint's absolute path.
    ///   - path: the same, as it was given, for the error.
    ///   - now: the moment that the next one is told.
    /// - Throws: `CheckpointError`, of kind `held` where another run has it.
    init(_ location: String, path: String, now: Timestamp = .now()) throws(CheckpointError) {
        do {
            file = try Self.take(location, path: path, now: now)
        } catch {
            throw CheckpointError(any: error, path: path)
        }
    }

    private static func take(_ location: String, path: String, now: Timestamp) throws -> File {
        let file = try File("\(location).lock", .update, permissions: 0o600)
        let isFree: Bool
        do {
            isFree = try file.lock()
        } catch {
            let message = "the checkpoint can't be locked: \(error.reason); keep it on a local disk"
            throw CheckpointError(.unwritable, path: path, message: message)
        }
        guard isFree else { throw CheckpointError(.held, path: path, message: message(file: file.path)) }
        let process = ProcessInfo.processInfo
        try file.truncate(to: 0)
        try file.write("\(process.processIdentifier)\n\(process.hostName)\n\(now)\n".utf8)
        return file
    }

    /// Gives the lock back.
    ///
    /// - Throws: `SystemError` where the file can't be emptied; the lock is free all the same.
    consuming func release() throws(SystemError) {
        try file.truncate(to: 0)
        try file.unlock()
    }

    private static func message(file: String) -> String {
        var holder = readHolder(file)
        // It says who it is a moment after it took the lock.
        for _ in 0..<20 where holder.count < 3 {
            usleep(5_000)
            holder = readHolder(file)
        }
        guard holder.count >= 3 else {
            return "another run holds the checkpoint; wait for it to end, then run again"
        }
        let process = "process \(holder[0]) on \(holder[1]), since \(holder[2])"
        return "another run holds the checkpoint: \(process); wait for it to end or stop it, then run again"
    }

    /// The holder's lines; none where it has not written them yet.
    private static func readHolder(_ path: String) -> [Substring] {
        do {
            let start = try File(path, .read).read(atMost: 1024)
            return String(decoding: start, as: UTF8.self).split(separator: "\n")
        } catch {
            return []
        }
    }
}
