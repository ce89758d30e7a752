internal import FoundationEssentials
internal import Glibc
internal import Platform

/// The folder that the simulated process works in, and what of it survives a crash.
///
/// Every `fsync` of the process comes by here: what was written since is lost where the power fails.
final class Disk: @unchecked Sendable {
    /// The one whose files the process has open.
    nonisolated(unsafe) static var current: Disk?

    let folder: String
    private let survivor: String
    private let grave: String
    /// How long each file was when it was saved last.
    private var saved: [String: Int] = [:]
    private var graves = 0
    /// How many times files were saved in this life.
    private(set) var saves = 0
    /// Called before a file counts as saved.
    var beforeSave: (() -> Void)?

    init(_ folder: String) throws {
        self.folder = folder + "/disk"
        survivor = folder + "/survivor"
        grave = folder + "/grave"
        for path in [self.folder, grave] {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }
    }

    /// Takes note that a file is saved.
    func save(_ descriptor: Int32) {
        saves += 1
        beforeSave?()
        var buffer = [CChar](repeating: 0, count: 4096)
        let length = readlink("/proc/self/fd/\(descriptor)", &buffer, buffer.count - 1)
        guard length > 0 else { return }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return }
        let path = String(decoding: buffer[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        saved[path] = Int(status.st_size)
    }

    /// Whether all that was written to a file is saved.
    func isSaved(_ path: String) -> Bool {
        size(of: path).map { saved[path, default: 0] >= $0 } ?? true
    }

    /// The process is killed, maybe in the middle of a job: keeps the files as they are now for the next one, or, where
    /// the power fails, with what was not saved cut short.
    func freeze(powerFails: Bool, using generator: inout SeededGenerator) throws {
        let isFrozen = Folder.exists(survivor)
        guard !isFrozen else { return }
        try copy(folder, to: survivor)
        if powerFails { try tear(using: &generator) }
    }

    /// Puts what was kept in place.
    ///
    /// What is open of the old files stays with the dead process, locks included.
    func restart() throws {
        graves += 1
        for (old, new) in [(folder, "\(grave)/\(graves)"), (survivor, folder)] {
            guard rename(old, new) == 0 else { throw SystemError(operation: "rename", path: old) }
        }
    }

    /// Forgets what dead processes have left.
    func sweep() throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: grave) {
            try FileManager.default.removeItem(atPath: "\(grave)/\(name)")
        }
    }

    /// What the files hold when a process starts is saved.
    func beginLife() {
        saves = 0
        beforeSave = nil
        saved = [:]
        for path in tornPaths(in: folder) { saved[path] = size(of: path) }
    }

    private func tornPaths(in folder: String) -> [String] {
        ["\(folder)/state.checkpoint-wal", "\(folder)/reports/credentials.csv"]
    }

    private func size(of path: String) -> Int? {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : nil
    }

    private func copy(_ source: String, to target: String) throws {
        try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: true)
        for name in try FileManager.default.contentsOfDirectory(atPath: source).sorted() {
            let path = "\(source)/\(name)"
            if Folder.isFolder(path) {
                try copy(path, to: "\(target)/\(name)")
            } else if !name.hasSuffix("-shm") {
                try FileManager.default.copyItem(atPath: path, toPath: "\(target)/\(name)")
            }
        }
    }

    private func tear(using generator: inout SeededGenerator) throws {
        for (original, path) in zip(tornPaths(in: folder), tornPaths(in: survivor)) {
            let kept = saved[original, default: 0]
            guard let size = size(of: path), kept < size else { continue }
            let length = Int.random(in: kept...size, using: &generator)
            Scheduler.shared.note("the power fails: \(Folder.name(of: path)) is cut from \(size) to \(length)")
            guard truncate(path, off_t(length)) == 0 else { throw SystemError(operation: "shorten", path: path) }
        }
    }
}
