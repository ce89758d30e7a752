internal import Platform
internal import SQLite

extension CheckpointQueries {
    /// Finds rows by what a person knows of them.
    ///
    /// - Parameter name: an identity (an `externalId` or a domain, in any case) or a customer's id.
    /// - Returns: the rows, in their manifests' order; at most 100.
    /// - Throws: `SQLiteError` where they can't be read.
    func find(_ name: String) throws(SQLiteError) -> [RowReference] {
        // No index serves these: they are asked once by a person, and one more index would slow down every import.
        let select = try database.cachedStatement(
            """
            SELECT place FROM results WHERE lower(customer_id) = lower(?1) OR customer IN (
                SELECT id FROM customers
                WHERE name = ?1 OR lower(name) = lower(?1) OR domain = lower(?1) OR lower(customer_id) = lower(?1)
            ) UNION SELECT place FROM records WHERE lower(domain) = lower(?1) ORDER BY place LIMIT 100
            """
        )
        try select.bind(name, at: 1)
        var places: [RowReference] = []
        while try select.step() { places.append(RowReference(place: select.int64(at: 0))) }
        return places
    }

    /// Reads all that is known of a row.
    ///
    /// - Parameter reference: the row.
    /// - Returns: it; nil where there is no such row.
    /// - Throws: `SQLiteError` where it can't be read.
    func history(of reference: RowReference) throws(SQLiteError) -> RowHistory? {
        guard let manifest = try manifests().first(where: { $0.id == reference.manifest }),
            let result = try rows(of: reference.manifest, after: reference.row - 1, limit: 1).first,
            result.row == reference.row
        else { return nil }
        return RowHistory(manifest: manifest, result: result, request: try request(of: reference))
    }

    private func request(of reference: RowReference) throws(SQLiteError) -> RequestHistory? {
        let select = try database.cachedStatement(
            """
            SELECT customers.id, name, endpoint, api_version, payload, digest, generation, customers.key
            FROM results JOIN customers ON customers.id = results.customer
                JOIN services ON services.id = customers.service JOIN payloads ON payloads.customer = customers.id
            WHERE place = ?1
            """
        )
        try select.bind(reference.place, at: 1)
        defer { select.reset() }
        guard try select.step() else { return nil }
        return RequestHistory(
            identity: select.text(at: 1),
            endpoint: select.text(at: 2),
            apiVersion: select.text(at: 3),
            payload: select.bytes(at: 4),
            digest: select.bytes(at: 5),
            generation: Int(select.int64(at: 6)),
            key: select.text(at: 7),
            attempts: try attempts(of: select.int64(at: 0))
        )
    }

    private func attempts(of customer: Int64) throws(SQLiteError) -> [AttemptHistory] {
        let select = try database.cachedStatement(
            """
            SELECT uuid, generation, number, attempts.started_at, microseconds, waited_microseconds, http_status, outcome,
                correlation_vector
            FROM attempts JOIN runs ON runs.id = attempts.run WHERE customer = ?1 ORDER BY run, generation, number
            """
        )
        try select.bind(customer, at: 1)
        var attempts: [AttemptHistory] = []
        while try select.step() {
            let attempt = Attempt(
                number: Int(select.int64(at: 2)),
                startedAt: Timestamp(milliseconds: select.int64(at: 3)),
                duration: .microseconds(select.int64(at: 4)),
                wait: .microseconds(select.int64(at: 5)),
                httpStatus: select.optionalInt(at: 6),
                outcome: select.text(at: 7),
                correlationVector: select.text(at: 8)
            )
            attempts.append(
                AttemptHistory(run: select.text(at: 0), generation: Int(select.int64(at: 1)), attempt: attempt)
            )
        }
        return attempts
    }

    /// The row that has waited longest for its final answer: of the `unknown` ones the one that was sent first, else
    /// the first in its manifest that another run must go on with.
    ///
    /// - Parameter manifest: the manifest.
    /// - Returns: it; nil where every row is settled.
    /// - Throws: `SQLiteError` where it can't be read.
    func oldestOpenRow(of manifest: ManifestID) throws(SQLiteError) -> OpenRow? {
        for (status, order) in [(RowStatus.unknown, "since IS NULL, since"), (.failed, "place"), (.pending, "place")] {
            let select = try database.cachedStatement(
                """
                SELECT place, line, (SELECT min(started_at) FROM attempts WHERE attempts.customer = results.customer) since,
                    problem_code, problem_field, problem_message
                FROM results JOIN records USING (place) WHERE status = ?1 AND place BETWEEN ?2 AND ?3
                ORDER BY \(order) LIMIT 1
                """
            )
            try select.bind(status.rawValue, at: 1)
            try select.bind(RowReference(manifest: manifest, row: 0).place, at: 2)
            try select.bind(RowReference(manifest: manifest, row: Int(UInt32.max)).place, at: 3)
            defer { select.reset() }
            guard try select.step() else { continue }
            return OpenRow(
                reference: RowReference(place: select.int64(at: 0)),
                line: Int(select.int64(at: 1)),
                status: status,
                since: select.optionalInt64(at: 2).map(Timestamp.init(milliseconds:)),
                problem: select.problem(at: 3)
            )
        }
        return nil
    }
}
