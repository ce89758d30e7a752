internal import FoundationEssentials
internal import Platform
internal import SQLite

/// The file that a checkpoint is in: told from others before it is opened, made, opened, copied.
struct CheckpointFile: Sendable {
    /// The path, as it was given.
    let path: String
    /// The absolute path, with links resolved, so that every name of the file has the same lock.
    let location: String

    /// What is at the path.
    enum Content: Hashable, Sendable {
        case nothing
        case checkpoint
    }

    /// Names a file.
    ///
    /// - Parameter path: its path.
    init(_ path: String) {
        self.path = path
        location = Folder.absolute(path)
    }

    /// Looks at the first bytes of the file, before SQLite does, which might change it.
    ///
    /// - Returns: what is there; an empty file is nothing.
    /// - Throws: `CheckpointError` for anything else than a checkpoint of this version or an earlier one.
    func examine() throws(CheckpointError) -> Content {
        guard Folder.exists(location) else { return .nothing }
        guard !Folder.isFolder(location) else { throw CheckpointError.foreign("this is a folder", path: path) }
        guard Folder.isRegularFile(location) else {
            throw CheckpointError.foreign("this is no ordinary file", path: path)
        }
        let header = try read(100, of: location)
        let hasLog = try logSize() > 0
        if header.isEmpty {
            guard hasLog else { return .nothing }
            throw CheckpointError.foreign("the checkpoint is damaged: it is empty, but its log is not", path: path)
        }
        guard header.starts(with: Array("SQLite format 3\0".utf8)) else {
            throw CheckpointError.foreign("this is not a checkpoint, or it is damaged", path: path)
        }
        guard header.count == 100 else {
            throw CheckpointError.foreign("the checkpoint is damaged: it is cut off", path: path)
        }
        guard number(header, at: 68) == Schema.applicationId else {
            throw CheckpointError.foreign("this is another program's database", path: path)
        }
        try check(version: number(header, at: 60))
        if hasLog { try checkLog() }
        return .checkpoint
    }

    /// Refuses a version that this build does not know.
    ///
    /// - Parameter version: the schema's version.
    /// - Throws: `CheckpointError` where it is newer, or none that Purser ever wrote.
    func check(version: Int64) throws(CheckpointError) {
        guard version >= 0 else {
            throw CheckpointError.foreign("the checkpoint is damaged: its version is \(version)", path: path)
        }
        guard version > Schema.version else { return }
        let reason = "this checkpoint is of a newer Purser (version \(version); this one knows \(Schema.version))"
        throw CheckpointError.foreign(reason, path: path)
    }

    /// Makes the folder that the file is in, where it is missing.
    ///
    /// - Throws: `CheckpointError` where it can't be made.
    func makeFolder() throws(CheckpointError) {
        try guarding { try Folder.make(Folder.parent(of: location)) }
    }

    /// Puts a new, empty checkpoint in place of nothing: it is there whole or not at all.
    ///
    /// - Throws: `CheckpointError` where it can't be written.
    func create() throws(CheckpointError) {
        let draft = "\(location).new"
        try guarding {
            for leftover in [draft, "\(draft)-journal", "\(draft)-wal", "\(draft)-shm"] { try Folder.remove(leftover) }
            // Made here, so that nobody else may read it from its first byte on; its log inherits that.
            _ = try File(draft, .create, permissions: 0o600)
            let database = try Database(path: draft, mode: .write)
            try Schema.migrate(database)
            try database.execute("PRAGMA journal_mode = WAL")
            database.close()
            try File(draft, .read).synchronize()
            // A log left from a checkpoint that was removed would be taken for the new one's.
            try Folder.remove("\(location)-wal")
            try Folder.remove("\(location)-shm")
            try Folder.rename(draft, to: location)
        }
    }

    /// Opens a checkpoint for reading and writing.
    ///
    /// - Returns: the connection, on a checkpoint of the present version that is sound as far as that can be told.
    /// - Throws: `CheckpointError` where it is damaged, which leaves it as it is, or can't be written.
    func open() throws(CheckpointError) -> Database {
        let hadLog = try logSize() > 0
        return try guarding {
            let database = try Database(path: location, mode: .write)
            // Until it is known to be sound, closing it must not write the log's pages into it.
            if hadLog { try database.keepLogOnClose(true) }
            try database.execute("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA cache_size = -4096")
            try check(version: try database.number("PRAGMA user_version") ?? 0)
            try checkPages(database)
            try database.execute("PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA journal_mode = WAL")
            // A longer log takes several changes of one page before the page is copied into the file.
            try database.execute("PRAGMA wal_autocheckpoint = 4096")
            try database.execute(Schema.temporarySettings)
            try Schema.migrate(database)
            try database.keepLogOnClose(false)
            // It shows here, not in mid-run, that the file or its folder may only be read.
            try database.transaction {}
            return database
        }
    }

    /// Opens a checkpoint for reading, also while a run has it.
    ///
    /// - Returns: the connection, which refuses to write.
    /// - Throws: `CheckpointError` where it can't be read.
    func openForReading() throws(CheckpointError) -> Database {
        let hadLog = try logSize() > 0
        return try guarding {
            // A connection that might write takes its log's empty files away with it; one that might not leaves them.
            let database = try Database(path: location, mode: .write)
            if hadLog { try database.keepLogOnClose(true) }
            try database.execute("PRAGMA query_only = ON; PRAGMA trusted_schema = OFF; PRAGMA cache_size = -4096")
            try check(version: try database.number("PRAGMA user_version") ?? 0)
            try checkPages(database)
            return database
        }
    }

    /// Opens a private copy that nobody else can read and that is gone with the connection, however that ends.
    ///
    /// - Returns: the connection.
    /// - Throws: `CheckpointError` where the folder for temporary files can't be written.
    func openCopy() throws(CheckpointError) -> Database {
        let content = try examine()
        let folder = FileManager.default.temporaryDirectory.path
        let copy = Folder.join(folder, "purser-\(UUID().uuidString.lowercased()).checkpoint")
        return try guarding {
            // SQLite fills an empty file, and so keeps its permissions.
            _ = try File(copy, .create, permissions: 0o600)
            defer { removeQuietly(copy) }
            if content == .checkpoint {
                let original = try openForReading()
                // It counts as writing, though the original stays as it is.
                try original.execute("PRAGMA query_only = OFF")
                try original.copy(to: copy)
                original.close()
            }
            let database = try Database(path: copy, mode: .write)
            try database.execute("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA cache_size = -4096")
            try database.execute(Schema.temporarySettings)
            try Schema.migrate(database)
            return database
        }
    }

    /// Every page of a small file is looked at; of a large one only those that are used, when they are.
    private func checkPages(_ database: Database) throws {
        guard try File(location, .read).size() <= 32 << 20 else { return }
        let statement = try database.prepare("PRAGMA quick_check(1)")
        guard try statement.step(), statement.text(at: 0) == "ok" else {
            throw SQLiteError(damage: statement.text(at: 0))
        }
    }

    /// The size of the log beside the file; 0 where there is none.
    private func logSize() throws(CheckpointError) -> Int {
        guard Folder.exists("\(location)-wal") else { return 0 }
        return try guarding { try File("\(location)-wal", .read).size() }
    }

    /// A log with a strange start would be taken for an empty one, and what is in it lost.
    ///
    /// A power failure may leave the first bytes of a log that nothing was saved in yet: SQLite takes it for empty.
    private func checkLog() throws(CheckpointError) {
        let start = try read(4, of: "\(location)-wal")
        let starts: [[UInt8]] = [[0, 0, 0, 0], [0x37, 0x7F, 0x06, 0x82], [0x37, 0x7F, 0x06, 0x83]]
        guard starts.contains(where: { $0.starts(with: start) }) else {
            throw CheckpointError.foreign("the checkpoint's log (\(location)-wal) is damaged", path: path)
        }
    }

    private func read(_ count: Int, of file: String) throws(CheckpointError) -> [UInt8] {
        try guarding { try File(file, .read).read(atMost: count) }
    }

    /// A number of the header: four bytes with a sign.
    private func number(_ header: [UInt8], at offset: Int) -> Int64 {
        Int64(header[offset..<offset + 4].reduce(0 as Int32) { $0 << 8 | Int32($1) })
    }

    /// A file in the folder for temporary files that can't be removed is the system's to clean up.
    private func removeQuietly(_ file: String) {
        do { try Folder.remove(file) } catch {}
    }

    /// Turns what SQLite and the system say into what the checkpoint's user has to know.
    private func guarding<Result>(_ body: () throws -> Result) throws(CheckpointError) -> Result {
        do {
            return try body()
        } catch {
            throw CheckpointError(any: error, path: path)
        }
    }
}
