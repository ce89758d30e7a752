import Foundation
import SQLite
import TestSupport
import Testing

struct DatabaseTests {
    private let folder: TemporaryFolder
    private var path: String { folder("store.sqlite") }

    init() throws { folder = try TemporaryFolder() }

    @Test
    func whatIsBoundComesBackAsItWas() throws {
        let database = try Database()
        try database.execute("CREATE TABLE t (a, b, c, d)")
        let insert = try database.prepare("INSERT INTO t VALUES (?1, ?2, ?3, ?4)")
        try insert.bind(Int64.min, at: 1)
        try insert.bind("Ångström\0 주식회사", at: 2)
        try insert.bind([0, 255, 1] as [UInt8], at: 3)
        try insert.bindNull(at: 4)
        try insert.run()
        let select = try database.prepare("SELECT a, b, c, d FROM t")
        #expect(try select.step())
        #expect(select.int64(at: 0) == .min)
        #expect(select.text(at: 1) == "Ångström\0 주식회사")
        #expect(select.bytes(at: 2) == [0, 255, 1])
        #expect(select.isNull(at: 3) && select.optionalText(at: 3) == nil && select.optionalInt64(at: 3) == nil)
        #expect(try !select.step())
    }

    @Test
    func aParameterIsBoundAgainAndAgainToShorterAndLongerValues() throws {
        let select = try Database().prepare("SELECT ?1, ?2, length(?1), hex(substr(?2, -1))")
        for count in [0, 1, 31, 33, 70, 5, 16_384, 16_385, 100_000, 12] {
            let text = String(repeating: "ü", count: count / 2)
            let bytes = [UInt8](repeating: 7, count: count) + [UInt8(truncatingIfNeeded: count)]
            try select.bind(text, at: 1)
            try select.bind(bytes, at: 2)
            #expect(try select.step())
            #expect(select.text(at: 0) == text && select.bytes(at: 1) == bytes)
            #expect(select.int64(at: 2) == Int64(count / 2))
            select.reset()
        }
        select.clearBindings()
        #expect(try select.step() && select.isNull(at: 0) && select.isNull(at: 1))
    }

    @Test
    func anEmptyValueIsNotNull() throws {
        let database = try Database()
        let statement = try database.prepare("SELECT typeof(?1), typeof(?2), typeof(?3)")
        try statement.bind("", at: 1)
        try statement.bind([UInt8](), at: 2)
        try statement.bind(nil as String?, at: 3)
        #expect(try statement.step())
        #expect([0, 1, 2].map(statement.text) == ["text", "blob", "null"])
    }

    @Test
    func aColumnIsComparedByteByByteAndNullIsNoEmptyText() throws {
        let select = try Database().prepare("SELECT 'Zoë', x'00FF', '', NULL, 'Zoe' || char(776)")
        #expect(try select.step())
        func has(_ bytes: [UInt8], at column: Int32) -> Bool { select.has(bytes.span, at: column) }
        #expect(select.has("Zoë", at: 0) && !select.has("Zoé", at: 0) && !select.has("Zo", at: 0))
        // The same to a reader, and to Swift, but not the same bytes.
        #expect(!select.has("Zoë", at: 4) && select.has("Zoe\u{308}", at: 4))
        #expect(has([0, 255], at: 1) && !has([0, 254], at: 1) && !has([0], at: 1))
        #expect(select.has("", at: 2) && !select.has(nil as String?, at: 2) && !select.has("a", at: 2))
        #expect(select.has(nil as String?, at: 3) && !select.has("", at: 3) && !has([], at: 3))
        // Comparing has left them as they were.
        #expect(select.text(at: 0) == "Zoë" && select.bytes(at: 1) == [0, 255] && select.isNull(at: 3))
    }

    @Test
    func aPreparedStatementRunsManyTimes() throws {
        let database = try Database()
        try database.execute("CREATE TABLE t (a INTEGER)")
        let insert = try database.prepare("INSERT INTO t VALUES (?1)")
        for number in 1...100 {
            try insert.bind(Int64(number), at: 1)
            try insert.run()
        }
        #expect(try database.number("SELECT sum(a) FROM t") == 5050)
        #expect(database.lastInsertedRow == 100 && database.changedRows == 1)
    }

    @Test
    func aTransactionThatThrowsLeavesNothingBehind() throws {
        struct Stop: Error {}
        let database = try Database()
        try database.execute("CREATE TABLE t (a)")
        #expect(throws: Stop.self) {
            try database.transaction {
                try database.execute("INSERT INTO t VALUES (1)")
                throw Stop()
            }
        }
        let result = try database.transaction { try database.number("SELECT count(*) FROM t") }
        #expect(result == 0)
    }

    @Test
    func anErrorNamesTheStatementButNotWhatWasBound() throws {
        let database = try Database()
        try database.execute("CREATE TABLE t (a UNIQUE)")
        let insert = try database.prepare("INSERT INTO t VALUES (?1)")
        try insert.bind("P@ssw0rd", at: 1)
        try insert.run()
        let error = try #require(throws: SQLiteError.self) { try insert.run() }
        #expect(error.extendedCode == 2067 && error.systemCode == 0)
        #expect(error.sql == "INSERT INTO t VALUES (?1)")
        #expect(!"\(error)".contains("P@ssw0rd"))
    }

    @Test
    func aStatementThatIsWrongSaysWhy() throws {
        let database = try Database()
        let error = try #require(throws: SQLiteError.self) { _ = try database.prepare("SELECT * FROM nowhere") }
        #expect(error.message == "no such table: nowhere")
        #expect(error.sql == "SELECT * FROM nowhere")
    }

    @Test
    func aParameterThatIsNotThereIsAnError() throws {
        let statement = try Database().prepare("SELECT ?1")
        #expect(throws: SQLiteError.self) { try statement.bind("x", at: 2) }
    }

    @Test
    func aFileThatIsNoDatabaseIsToldByItsCode() throws {
        _ = try folder.write(String(repeating: "not a database\n", count: 100), to: "store.sqlite")
        let database = try Database(path: path, mode: .write)
        let error = try #require(throws: SQLiteError.self) { try database.number("PRAGMA user_version") }
        #expect(error.code == .notADatabase)
    }

    @Test
    func aFileThatIsMissingIsMadeOnlyOnDemand() throws {
        let error = try #require(throws: SQLiteError.self) { _ = try Database(path: path, mode: .write) }
        #expect(error.code.rawValue == 14 && error.systemCode == ENOENT)
        let database = try Database(path: path, mode: .create)
        try database.execute("CREATE TABLE t (a)")
        #expect(FileManager.default.fileExists(atPath: path))
    }

    @Test
    func aConnectionThatMayOnlyReadIsToldByItsCode() throws {
        try Database(path: path, mode: .create).execute("CREATE TABLE t (a)")
        let reader = try Database(path: path, mode: .write)
        try reader.execute("PRAGMA query_only = ON")
        let error = try #require(throws: SQLiteError.self) { try reader.execute("INSERT INTO t VALUES (1)") }
        #expect(error.code == .readOnly)
    }

    @Test
    func aSecondWriterIsTurnedAwayAfterItsTimeout() throws {
        let first = try Database(path: path, mode: .create)
        try first.execute("CREATE TABLE t (a)")
        let second = try Database(path: path, mode: .write, busyTimeout: 0)
        try first.transaction {
            let error = try #require(throws: SQLiteError.self) { try second.transaction {} }
            #expect(error.code == .busy)
        }
        try second.transaction { try second.execute("INSERT INTO t VALUES (1)") }
    }

    @Test
    func aCopyHoldsTheSameRows() throws {
        let database = try Database(path: path, mode: .create)
        try database.execute("CREATE TABLE t (a); INSERT INTO t VALUES (7)")
        try database.copy(to: folder("copy.sqlite"))
        #expect(try Database(path: folder("copy.sqlite"), mode: .write).number("SELECT a FROM t") == 7)
        #expect(throws: SQLiteError.self) { try database.copy(to: path) }
    }

    @Test
    func theLogIsEmptiedIntoTheFile() throws {
        let database = try Database(path: path, mode: .create)
        try database.execute("PRAGMA journal_mode = WAL; CREATE TABLE t (a); INSERT INTO t VALUES (7)")
        let size = { try FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? Int }
        #expect(try size() != 0)
        #expect(try database.emptyWriteAheadLog())
        #expect(try size() == 0)
    }

    @Test
    func aClosedConnectionRefusesToWork() throws {
        let database = try Database()
        let statement = try database.cachedStatement("SELECT 1")
        database.close()
        #expect(try statement.step())
        #expect(throws: SQLiteError.self) { try database.execute("SELECT 1") }
        #expect(throws: SQLiteError.self) { _ = try database.prepare("SELECT 1") }
    }
}
