internal import Platform
internal import SQLite

/// Reads a checkpoint's file beside the run that holds it.
final class CheckpointObserver {
    private let path: String
    private var database: Database?

    init(_ path: String) {
        self.path = path
    }

    /// The customer whose request has a key, and whether the request is open.
    func intent(of key: String) throws -> (name: String, isOpen: Bool)? {
        guard let database = try opened() else { return nil }
        let select = try database.cachedStatement("SELECT name, state FROM customers WHERE key = ?1")
        try select.bind(key, at: 1)
        defer { select.reset() }
        guard try select.step() else { return nil }
        return (select.text(at: 0), select.text(at: 1) == "open")
    }

    /// The keys of the open requests.
    func openKeys() throws -> Set<String> { Set(try texts("SELECT key FROM customers WHERE state = 'open'")) }

    /// The customers that are known to be created, or only those of the latest run.
    func created(inLatestRun: Bool) throws -> [String] {
        let run = inLatestRun ? " AND run = (SELECT max(id) FROM runs)" : ""
        return try texts("SELECT customer_id FROM customers WHERE state = 'created'\(run)")
    }

    /// The customers of which it is noted why there is no password.
    func withoutPassword() throws -> Set<String> {
        Set(try texts("SELECT customer_id FROM customers WHERE state = 'created' AND problem_code = 'created.note'"))
    }

    /// The customers whose password waits to be put on file.
    func withPendingPassword() throws -> [String] { try texts("SELECT customer_id FROM credentials") }

    func close() {
        database?.close()
        database = nil
    }

    private func texts(_ sql: String) throws -> [String] {
        guard let database = try opened() else { return [] }
        let select = try database.cachedStatement(sql)
        defer { select.reset() }
        var texts: [String] = []
        while try select.step() { texts.append(select.text(at: 0)) }
        return texts
    }

    private func opened() throws -> Database? {
        if let database { return database }
        guard Folder.exists(path) else { return nil }
        let opened = try Database(path: path, mode: .write)
        // What it closes must not empty the log for the run.
        try opened.keepLogOnClose(true)
        try opened.execute("PRAGMA query_only = ON")
        database = opened
        return opened
    }
}
