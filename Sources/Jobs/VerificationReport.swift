internal import Manifests
internal import PartnerCenter
internal import Platform
internal import SQLite

/// The report of a comparison: a CSV file that appears when it is whole, and the memory of which customers are in it.
actor VerificationReport {
    private let executor = QueueExecutor("purser.verify")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private var file: ReplacementFile?
    /// The target itself, where it is no ordinary file.
    private var stream: File?
    private var memory: Database?

    /// Starts the report.
    ///
    /// - Parameter target: the path that it will have; folders above it are made.
    /// - Throws: `SystemError` where nothing can be written there.
    func open(_ target: String) throws {
        try Folder.make(Folder.parent(of: target))
        if !Folder.exists(target) || Folder.isRegularFile(target) {
            file = try ReplacementFile(target)
        } else {
            stream = try File(target, .append)
        }
        try write([VerifiedCustomer.header])
        // SQLite's own temporary file: what is remembered is not to be memory.
        memory = try Database(path: "", mode: .create)
        try memory?.execute(
            "CREATE TABLE customers (id TEXT PRIMARY KEY, is_listed INTEGER NOT NULL) STRICT, WITHOUT ROWID"
        )
    }

    /// Adds customers of the checkpoint.
    ///
    /// - Parameters:
    ///   - customers: the customers.
    ///   - remembering: whether the list of the service's customers is to follow.
    /// - Throws: `SystemError` where they can't be written.
    func add(_ customers: [VerifiedCustomer], remembering: Bool) throws {
        try write(customers.map(\.cells))
        guard remembering else { return }
        try transaction { memory in
            let insert = try memory.cachedStatement("INSERT OR IGNORE INTO customers VALUES (?1, 0)")
            for customer in customers {
                try insert.bind(customer.customerId.lowercased(), at: 1)
                try insert.run()
            }
        }
    }

    /// Adds those of the service's customers that are none of the checkpoint's.
    ///
    /// - Parameter listed: a page of the list.
    /// - Returns: how many were added, and how many of the page were not on an earlier one.
    /// - Throws: `SystemError` where they can't be written.
    func add(_ listed: [Customer]) throws -> (others: Int, customers: Int) {
        let named = listed.compactMap { customer in
            (customer.id ?? customer.companyProfile?.tenantId).map { (id: $0.lowercased(), customer: customer) }
        }
        var news = (others: 0, customers: 0)
        var records: [[String]] = []
        try transaction { memory in
            let insert = try memory.cachedStatement("INSERT OR IGNORE INTO customers VALUES (?1, 1)")
            let update = try memory.cachedStatement(
                "UPDATE customers SET is_listed = 1 WHERE id = ?1 AND NOT is_listed"
            )
            for (id, customer) in named {
                try insert.bind(id, at: 1)
                try insert.run()
                if memory.changedRows > 0 {
                    news.others += 1
                    news.customers += 1
                    records.append(VerifiedCustomer(notOurs: id, customer).cells)
                    continue
                }
                try update.bind(id, at: 1)
                try update.run()
                if memory.changedRows > 0 { news.customers += 1 }
            }
        }
        try write(records)
        return news
    }

    private func transaction(_ body: (Database) throws -> Void) throws {
        guard let memory else { return }
        do {
            try memory.transaction { try body(memory) }
        } catch let error as SQLiteError {
            throw ExportError(path: "the temporary file of verify", message: "can't be written: \(error.message)")
        }
    }

    private func write(_ records: [[String]]) throws {
        var bytes: [UInt8] = []
        for cells in records { CSVWriter.append(cells, guarded: true, to: &bytes) }
        try file?.write(bytes)
        try stream?.write(bytes)
    }

    /// Puts the whole report in its place.
    ///
    /// - Throws: `SystemError` where it can't be saved.
    func commit() throws {
        memory?.close()
        guard let file = file.take() else { return }
        try file.commit()
    }
}
