internal import SQLite

/// The checkpoint's tables, version by version.
enum Schema {
    /// `PRSR`, which marks a SQLite file as a checkpoint of Purser's.
    static let applicationId: Int64 = 0x5052_5352

    /// The version that this build reads and writes.
    static var version: Int64 { Int64(migrations.count) }

    /// The step at index n leads from version n to n + 1; a step that was released is never changed.
    private static let migrations = [first, second, third, fourth, fifth]

    /// Brings a database to a version; all of it or, where it fails, nothing.
    ///
    /// - Parameters:
    ///   - database: the database, of any version from 0 to the present one.
    ///   - target: the version.
    /// - Throws: `SQLiteError` where it can't be written.
    static func migrate(_ database: Database, to target: Int64 = version) throws {
        let present = try database.number("PRAGMA user_version") ?? 0
        guard present < target else { return }
        try database.transaction {
            for migration in migrations[Int(present)..<Int(target)] { try database.execute(migration) }
            try database.execute("PRAGMA application_id = \(applicationId); PRAGMA user_version = \(target)")
        }
    }

    /// How the temporary tables are kept: small in memory, and, as they die with the connection, without a journal.
    static let temporarySettings = "PRAGMA temp.cache_size = -1024; PRAGMA temp.journal_mode = OFF"

    /// The tables that last as long as the connection: who claimed an identity in this run.
    ///
    /// Of entries they have stretches: the first one's customer and place, and how many follow one after another.
    /// They are not memory, so that they don't weigh on it, and not in the checkpoint, so that they cost no commit.
    static let claims = """
        DROP TABLE IF EXISTS temp.claimed_customers;
        DROP TABLE IF EXISTS temp.claimed_names;
        CREATE TEMP TABLE claimed_customers (
            customer INTEGER PRIMARY KEY,
            place INTEGER NOT NULL,
            count INTEGER NOT NULL
        );
        CREATE TEMP TABLE claimed_names (name TEXT PRIMARY KEY, place INTEGER NOT NULL) WITHOUT ROWID;
        """

    /// A row's `place` is its manifest and its number: see `RowReference.place`.
    ///
    /// What changes often is kept apart from what is long, so that a change writes little: a row's result from its
    /// cells, a customer's state from its payload.
    private static let first = """
        CREATE TABLE services (
            id INTEGER PRIMARY KEY,
            endpoint TEXT NOT NULL,
            api_version TEXT NOT NULL,
            UNIQUE (endpoint, api_version)
        ) STRICT;
        CREATE TABLE runs (
            id INTEGER PRIMARY KEY,
            uuid TEXT NOT NULL,
            service INTEGER NOT NULL REFERENCES services,
            retries_rejected INTEGER NOT NULL,
            started_at INTEGER NOT NULL,
            ended_at INTEGER,
            exit_code INTEGER
        ) STRICT;
        CREATE TABLE manifests (
            id INTEGER PRIMARY KEY,
            path TEXT NOT NULL UNIQUE,
            header BLOB NOT NULL,
            run INTEGER NOT NULL REFERENCES runs,
            row_count INTEGER
        ) STRICT;
        CREATE TABLE customers (
            id INTEGER PRIMARY KEY,
            service INTEGER NOT NULL REFERENCES services,
            name TEXT NOT NULL,
            domain TEXT,
            state TEXT NOT NULL,
            digest BLOB NOT NULL,
            generation INTEGER NOT NULL,
            key TEXT NOT NULL,
            customer_id TEXT,
            run INTEGER NOT NULL REFERENCES runs,
            http_status INTEGER,
            problem_code TEXT,
            problem_field TEXT,
            problem_message TEXT,
            UNIQUE (service, name),
            UNIQUE (service, domain)
        ) STRICT;
        CREATE TABLE payloads (customer INTEGER PRIMARY KEY REFERENCES customers, payload BLOB NOT NULL) STRICT;
        CREATE TABLE records (
            place INTEGER PRIMARY KEY,
            line INTEGER NOT NULL,
            domain TEXT NOT NULL,
            company_name TEXT NOT NULL,
            cells BLOB NOT NULL
        ) STRICT;
        CREATE TABLE results (
            place INTEGER PRIMARY KEY,
            status TEXT NOT NULL,
            customer INTEGER REFERENCES customers,
            customer_id TEXT,
            key TEXT,
            http_status INTEGER,
            attempts INTEGER NOT NULL,
            problem_code TEXT,
            problem_field TEXT,
            problem_message TEXT
        ) STRICT;
        CREATE INDEX results_by_status ON results (status);
        CREATE TABLE attempts (
            customer INTEGER NOT NULL REFERENCES customers,
            run INTEGER NOT NULL REFERENCES runs,
            generation INTEGER NOT NULL,
            number INTEGER NOT NULL,
            started_at INTEGER NOT NULL,
            microseconds INTEGER NOT NULL,
            waited_microseconds INTEGER NOT NULL,
            http_status INTEGER,
            outcome TEXT NOT NULL,
            correlation_vector TEXT NOT NULL,
            PRIMARY KEY (customer, run, generation, number)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE credentials (
            id INTEGER PRIMARY KEY,
            customer_id TEXT NOT NULL UNIQUE,
            domain TEXT NOT NULL,
            user_name TEXT NOT NULL,
            password TEXT NOT NULL
        ) STRICT;
        """

    /// What a row's report says whatever becomes of it, such as the cells that were repaired.
    private static let second = "ALTER TABLE records ADD COLUMN note TEXT"

    /// What a run counted, so that its summary can be written again.
    private static let third = """
        ALTER TABLE runs ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE runs ADD COLUMN retries INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE runs ADD COLUMN throttled_milliseconds INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE runs ADD COLUMN stop_reason TEXT;
        """

    /// What a row's problem is made of, where that is more than one thing: see `Statement.bind(parts:at:)`.
    private static let fourth = "ALTER TABLE results ADD COLUMN problem_parts BLOB"

    /// The open requests, of which there are few at any time, among the customers, of which there are many.
    private static let fifth = "CREATE INDEX open_customers ON customers (run) WHERE state = 'open'"
}

extension RowReference {
    /// The reference as one number that sorts by manifest, then by row: the key of a row in the tables.
    var place: Int64 { manifest.rawValue << 32 | Int64(row) }

    /// Makes a reference of a key.
    ///
    /// - Parameter place: the key.
    init(place: Int64) {
        self.init(manifest: ManifestID(rawValue: place >> 32), row: Int(place & 0xFFFF_FFFF))
    }
}
