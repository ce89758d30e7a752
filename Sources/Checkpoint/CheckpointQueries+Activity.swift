internal import SQLite

extension CheckpointQueries {
    /// What came back from the service in the run that began last.
    ///
    /// - Returns: the counts by time.
    /// - Throws: `SQLiteError` where they can't be read.
    func activity() throws(SQLiteError) -> RunActivity {
        let end = "started_at + microseconds / 1000"
        let span = try database.cachedStatement(
            """
            SELECT runs.id, runs.started_at, (SELECT max(\(end)) FROM attempts WHERE run = runs.id)
            FROM runs ORDER BY id DESC LIMIT 1
            """
        )
        defer { span.reset() }
        guard try span.step(), let last = span.optionalInt64(at: 2) else { return RunActivity() }
        let length = RunActivity.slotLength(forRunOf: last - span.int64(at: 1))
        let select = try database.cachedStatement(
            """
            SELECT max(0, (\(end) - ?2) / ?3) AS slot, sum(outcome = 'created'),
                sum(outcome <> 'created' AND http_status IN (429, 503)), count(*)
            FROM attempts WHERE run = ?1 GROUP BY slot ORDER BY slot
            """
        )
        try select.bind(span.int64(at: 0), at: 1)
        try select.bind(span.int64(at: 1), at: 2)
        try select.bind(length, at: 3)
        var slots: [RunActivity.Slot] = []
        while try select.step() {
            let (created, throttled) = (Int(select.int64(at: 1)), Int(select.int64(at: 2)))
            slots.append(
                RunActivity.Slot(
                    number: Int(select.int64(at: 0)),
                    created: created,
                    throttled: throttled,
                    other: Int(select.int64(at: 3)) - created - throttled
                )
            )
        }
        return RunActivity(slotMilliseconds: length, slots: slots)
    }
}
