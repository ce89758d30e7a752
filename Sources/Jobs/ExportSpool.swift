internal import PartnerCenter
internal import PartnerCenterClient
internal import Platform
internal import SQLite

/// What an export has fetched so far, beside its target: a killed export goes on from it.
///
/// It is a private SQLite database, so that a page is in it whole or not at all, and so that memory does not grow with
/// the customers.
actor ExportSpool {
    /// Where an export stands.
    enum Progress: Hashable, Sendable {
        /// The list goes on there; nil for its start.
        case listing(PageCursor?)
        /// The list was read to its end.
        case listed
    }

    /// A page's customers with what is to be told of them.
    struct Page: Sendable {
        var customers: [(id: String, customer: Customer)] = []
        var notes: [ExportNote] = []
    }

    /// A customer as it was fetched: one line of JSON.
    struct Entry: Sendable {
        let sequence: Int64
        let json: [UInt8]
    }

    private let executor = QueueExecutor("purser.export")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// The spool's path; nil where it is no file that outlives the export.
    nonisolated let path: String?
    /// Held as long as the export runs, so that no other one has the same target.
    private var lock: File?
    private var opened: Database?
    private let parameters: String
    /// Whether it is known to be this export's, so that it may be removed.
    private var isOwn = false

    /// `PREX`, which marks a SQLite file as an unfinished export of Purser's.
    private static let applicationId: Int64 = 0x5052_4558
    /// A list of yesterday's customers is not to be completed with today's.
    private static let lifetime: Int64 = 12 * 3600 * 1000

    /// Makes the spool of an export; `open(_:)` is to follow.
    ///
    /// - Parameters:
    ///   - target: the export's target.
    ///   - parameters: what is exported from where.
    init(for target: String, parameters: ExportParameters) {
        self.parameters = parameters.text
        let isReplaceable = !Folder.exists(target) || Folder.isRegularFile(target)
        path = isReplaceable ? Folder.absolute(target) + ".part" : nil
    }

    /// Opens it, and goes on with what a killed export of the same parameters left.
    ///
    /// - Parameter now: the present time.
    /// - Returns: why what a killed export left is of no use; nil where it is, or where there is none.
    /// - Throws: `ServiceError` where another export has the target, `SystemError` where no file can be made beside it.
    func open(_ now: Timestamp) throws -> String? {
        guard let path else {
            // SQLite's own temporary file, which has no name.
            opened = try guarded { try Database(path: "", mode: .create) }
            try startOver(now)
            return nil
        }
        lock = try Self.lock(path)
        let reason = try guarded {
            opened = try Database(path: path, mode: .write)
            return try resume(now)
        }
        isOwn = true
        return reason
    }

    private var database: Database {
        get throws {
            guard let opened else { throw ExportError(path: path ?? "the export", message: "is closed already") }
            return opened
        }
    }

    private static func lock(_ path: String) throws -> File {
        let file = try File(path, .update, permissions: 0o600)
        guard try file.lock(), file.isInPlace() else {
            throw ServiceError(.closed, message: "\(path): another export to the same file is under way")
        }
        return file
    }

    private func resume(_ now: Timestamp) throws -> String? {
        let isEmpty = try lock?.size() == 0
        guard try isEmpty || database.number("PRAGMA application_id") == Self.applicationId else {
            throw ExportError(
                path: path ?? "",
                message: "is no unfinished export, and stands where one would be kept; rename it"
            )
        }
        try database.execute("PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = FULL")
        guard !isEmpty else {
            try startOver(now)
            return nil
        }
        guard let reason = try uselessness(now) else { return nil }
        let isWorthTelling = try count() > 0
        try startOver(now)
        return isWorthTelling ? reason : nil
    }

    /// Why an export can't go on from it; nil where it can.
    private func uselessness(_ now: Timestamp) throws -> String? {
        let select = try database.prepare("SELECT parameters, fetched_at FROM export")
        guard try select.step() else { return "it was broken off before it began" }
        guard select.text(at: 0) == parameters else { return "it was of another account, or other options" }
        let age = now.milliseconds - select.int64(at: 1)
        return (0...Self.lifetime).contains(age) ? nil : "it is older than \(Self.lifetime / 3_600_000) hours"
    }

    /// Forgets what was fetched.
    ///
    /// - Parameter now: the present time.
    /// - Throws: `SystemError` where it can't be written.
    func startOver(_ now: Timestamp) throws {
        try guarded {
            try database.transaction {
                try database.execute(
                    """
                    DROP TABLE IF EXISTS export; DROP TABLE IF EXISTS customers; DROP TABLE IF EXISTS notes;
                    CREATE TABLE export (
                        parameters TEXT NOT NULL, next TEXT, is_listed INTEGER NOT NULL, fetched_at INTEGER NOT NULL
                    ) STRICT;
                    CREATE TABLE customers (
                        sequence INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, json BLOB NOT NULL
                    ) STRICT;
                    CREATE TABLE notes (
                        id INTEGER PRIMARY KEY, kind TEXT NOT NULL, customer TEXT NOT NULL, message TEXT NOT NULL
                    ) STRICT;
                    PRAGMA application_id = \(Self.applicationId)
                    """
                )
                let insert = try database.prepare("INSERT INTO export VALUES (?1, NULL, 0, ?2)")
                try insert.bind(parameters, at: 1)
                try insert.bind(now.milliseconds, at: 2)
                try insert.run()
            }
        }
    }

    /// Where the export stands.
    ///
    /// - Returns: it.
    /// - Throws: `SystemError` where it can't be read.
    func progress() throws -> Progress {
        try guarded {
            let select = try database.prepare("SELECT is_listed, next FROM export")
            guard try select.step() else { return .listing(nil) }
            if select.int64(at: 0) != 0 { return .listed }
            guard let next = select.optionalText(at: 1) else { return .listing(nil) }
            let link = try JSONWire.decode(Link.self, from: Array(next.utf8))
            return .listing(PageCursor(url: link.uri ?? "", headers: link.headers ?? []))
        }
    }

    /// How many customers were fetched.
    ///
    /// - Returns: the count.
    /// - Throws: `SystemError` where it can't be read.
    func count() throws -> Int {
        try guarded { Int(try database.number("SELECT count(*) FROM customers") ?? 0) }
    }

    /// Which of some customers were not fetched yet.
    ///
    /// - Parameter ids: their identifiers.
    /// - Returns: those that are new.
    /// - Throws: `SystemError` where it can't be read.
    func unknown(of ids: [String]) throws -> Set<String> {
        try guarded {
            var unknown: Set<String> = []
            let select = try database.cachedStatement("SELECT 1 FROM customers WHERE id = ?1")
            for id in ids {
                select.reset()
                try select.bind(id, at: 1)
                if try !select.step() { unknown.insert(id) }
            }
            select.reset()
            return unknown
        }
    }

    /// Adds a page, durably: all of it or nothing.
    ///
    /// - Parameters:
    ///   - page: the page's new customers and what is to be told.
    ///   - next: where the list goes on; nil at its end.
    ///   - now: the present time.
    /// - Throws: `SystemError` where it can't be written.
    func add(_ page: Page, next: PageCursor?, now: Timestamp) throws {
        try guarded {
            try database.transaction {
                let insert = try database.cachedStatement("INSERT OR IGNORE INTO customers (id, json) VALUES (?1, ?2)")
                for (id, customer) in page.customers {
                    // Nothing that is exported holds a password, whatever the service says.
                    var customer = customer
                    customer.userCredentials = nil
                    try insert.bind(id, at: 1)
                    try insert.bind(try JSONWire.encode(customer), at: 2)
                    try insert.run()
                }
                try add(page.notes)
                let update = try database.cachedStatement(
                    "UPDATE export SET next = ?1, is_listed = ?2, fetched_at = ?3"
                )
                try update.bind(next.map(Self.text), at: 1)
                try update.bind(next == nil ? 1 : 0, at: 2)
                try update.bind(now.milliseconds, at: 3)
                try update.run()
            }
        }
    }

    private func add(_ notes: [ExportNote]) throws {
        let insert = try database.cachedStatement("INSERT INTO notes (kind, customer, message) VALUES (?1, ?2, ?3)")
        for note in notes {
            try insert.bind(note.kind.rawValue, at: 1)
            try insert.bind(note.customer, at: 2)
            try insert.bind(note.message, at: 3)
            try insert.run()
        }
    }

    private static func text(_ cursor: PageCursor) throws -> String {
        var link = Link()
        link.uri = cursor.url
        link.headers = cursor.headers
        return String(decoding: try JSONWire.encode(link), as: UTF8.self)
    }

    /// Reads what was fetched, in the list's order.
    ///
    /// - Parameters:
    ///   - sequence: the last entry that was read; 0 for none.
    ///   - limit: the most that are read.
    /// - Returns: the entries that follow; none at the end.
    /// - Throws: `SystemError` where it can't be read.
    func entries(after sequence: Int64, limit: Int) throws -> [Entry] {
        try guarded {
            let select = try database.cachedStatement(
                "SELECT sequence, json FROM customers WHERE sequence > ?1 ORDER BY sequence LIMIT ?2"
            )
            defer { select.reset() }
            try select.bind(sequence, at: 1)
            try select.bind(Int64(limit), at: 2)
            var entries: [Entry] = []
            while try select.step() { entries.append(Entry(sequence: select.int64(at: 0), json: select.bytes(at: 1))) }
            return entries
        }
    }

    /// What is to be told.
    ///
    /// - Parameter limit: the most notes that are read.
    /// - Returns: the first notes, and how many there are in all.
    /// - Throws: `SystemError` where they can't be read.
    func notes(limit: Int) throws -> (notes: [ExportNote], count: Int) {
        try guarded {
            let select = try database.prepare("SELECT kind, customer, message FROM notes ORDER BY id LIMIT ?1")
            try select.bind(Int64(limit), at: 1)
            var notes: [ExportNote] = []
            while try select.step() {
                guard let kind = ExportNote.Kind(rawValue: select.text(at: 0)) else { continue }
                notes.append(ExportNote(kind, customer: select.text(at: 1), message: select.text(at: 2)))
            }
            return (notes, Int(try database.number("SELECT count(*) FROM notes") ?? 0))
        }
    }

    /// Ends the spool's use, and keeps or removes it.
    ///
    /// - Parameter keeps: whether another export is to go on from it.
    /// - Throws: `SystemError` where it can't be removed.
    func close(keeps: Bool) throws {
        opened?.close()
        opened = nil
        defer { lock = nil }
        guard let path, isOwn, !keeps else { return }
        try Folder.remove(path)
        try Folder.remove("\(path)-journal")
    }

    private func guarded<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as SQLiteError {
            throw Self.failure(error, path ?? "the export's temporary file")
        }
    }

    private static func failure(_ error: SQLiteError, _ path: String) -> any Error {
        switch error.code {
        case .busy: ServiceError(.closed, message: "\(path): another export to the same file is under way")
        case .corrupt, .notADatabase:
            ExportError(path: path, message: "is damaged, or no unfinished export; remove it, and run the export again")
        default:
            error.systemCode != 0
                ? SystemError(code: error.systemCode, operation: "write", path: path) as any Error
                : ExportError(path: path, message: "can't be used: \(error.message); mend it, and run the export again")
        }
    }
}
