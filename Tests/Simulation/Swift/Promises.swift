internal import Platform

/// What must hold in every seed: each function is one promise, and its name says which.
enum Promises {
    private static func demand(_ holds: Bool, _ detail: @autoclosure () -> String, promise: String = #function) {
        guard !holds else { return }
        Scheduler.shared.fail(String(promise.prefix { $0 != "(" }), detail())
    }

    // MARK: - While requests are sent

    static func neverAboveTheMostInFlight(_ inFlight: Int, _ maximum: Int) {
        demand(inFlight <= maximum, "\(inFlight) requests are in flight, \(maximum) are allowed")
    }

    static func nothingIsSentBeforeItsIntentIsOnDisk(
        _ key: String,
        _ intent: (name: String, isOpen: Bool)?,
        isSaved: Bool
    ) {
        demand(intent?.isOpen == true, "\(key) is sent, but the checkpoint has no open request of it")
        demand(isSaved, "\(key) is sent, but the checkpoint's log is not saved")
    }

    static func noRequestIsSentTwiceAtOnce(_ key: String, _ history: Wire.KeyHistory) {
        demand(history.underWay == 0, "\(key) is sent while it is under way")
    }

    static func noKeyIsSentAgainAfterADefiniteRefusal(
        _ key: String,
        _ history: Wire.KeyHistory,
        life: Int,
        _ wholeLives: Set<Int>
    ) {
        guard let refusedIn = history.refusedIn else { return }
        let isRecorded = refusedIn == life || wholeLives.contains(refusedIn)
        demand(!isRecorded, "\(key) is sent, though the service refused it for good")
    }

    static func noOtherKeyIsSentWhileTheOutcomeIsOpen(
        _ key: String,
        _ other: String,
        _ past: Wire.KeyHistory,
        _ lookedUp: Int64?
    ) {
        demand(past.underWay == 0, "\(key) is sent while \(other) of the same customer is under way")
        guard let openSince = past.openSince, !past.isAnswered else { return }
        demand(
            lookedUp ?? -1 >= openSince,
            "\(key) is sent, but nobody knows what became of \(other) of the same customer \(past.name)"
        )
    }

    // MARK: - While a run goes on

    static func createdIsToldOnlyOnceOutcomeAndPasswordAreOnDisk(
        told: Int,
        created: [String],
        given: [String: Set<Int>],
        life: Int,
        onFile: Set<String>,
        isSaved: Bool
    ) {
        let done = created.filter { given[$0]?.contains(life) != true || onFile.contains($0) }
        demand(done.count >= told, "\(told) are told to be created, \(done.count) of \(created.count) are on disk")
        demand(isSaved, "\(told) are told to be created, but their passwords are not saved")
    }

    // MARK: - After a run

    static func everyRowHasExactlyOneStatus(_ lines: [ResultLine], rows: [BookRow], counts: Int, isWhole: Bool) {
        demand(lines.map(\.row) == Array(1..<lines.count + 1), "the results' rows are \(lines.map(\.row))")
        demand(counts == lines.count, "the counts add up to \(counts), the results have \(lines.count) rows")
        demand(!isWhole || lines.count == rows.count, "of \(rows.count) rows the results have \(lines.count)")
        for (line, row) in zip(lines, rows) {
            demand(
                line.companyName == row.companyName,
                "row \(line.row) is \(line.companyName), not \(row.companyName)"
            )
            demand(statuses.contains(line.status), "row \(line.row) is \(line.status)")
        }
    }

    private static let statuses: Set<String> = [
        "created", "unchanged", "invalid", "duplicate", "conflict", "rejected", "failed", "unknown", "pending",
    ]

    static func everyCreatedRowHasTheServicesIdentifier(_ line: ResultLine, _ service: SimulatedService) {
        let tenant = service.tenants.first { $0.id == line.customerId && $0.isListed }
        demand(
            tenant?.domain == line.domain.lowercased(),
            "row \(line.row) is \(line.status) as \(line.customerId) of \(line.domain); that is \(tenant?.domain ?? "nobody")"
        )
    }

    static func noCustomerIsToldToBeCreatedTwice(_ line: ResultLine, _ told: Set<String>) {
        demand(!told.contains(line.customerId), "row \(line.row): \(line.customerId) was told to be created before")
    }

    static func whatIsDoneStaysDone(_ line: ResultLine, as customerId: String) {
        let isSame = line.status == "unchanged" && line.customerId == customerId
        demand(
            isSame || line.status == "duplicate",
            "row \(line.row) was done as \(customerId), and is \(line.status) \(line.customerId) now"
        )
    }

    static func onlyAFlawedRowIsInvalid(_ line: ResultLine, _ row: BookRow) {
        demand(row.isFlawed || line.status != "invalid", "row \(line.row) is invalid: \(line.message)")
    }

    static func noRunEndsByAnErrorThatNobodyCaused(_ error: any Error) {
        demand(false, "\(error)")
    }

    // MARK: - In the end

    static func undisturbedRunsEndWell(_ exitCode: Int32) {
        demand(false, "after five runs that nothing disturbed the exit code is \(exitCode)")
    }

    static func nothingIsLeftOpenInTheEnd(_ lines: [ResultLine], _ rows: [BookRow], _ wire: Wire) {
        let open = zip(lines, rows).filter { line, row in
            guard ["failed", "unknown", "pending"].contains(line.status) else { return false }
            // Only a person can tell whose tenant it is that the partner does not see, or knows by another name.
            return !wire.isUndecidable(name: row.identity, domain: row.domain.lowercased())
        }
        demand(open.isEmpty, "\(open.map { "\($0.0.companyName) is \($0.0.status): \($0.0.message)" })")
    }

    static func noCustomerIsCreatedTwice(_ service: SimulatedService, _ wire: Wire) {
        for (name, tenants) in Dictionary(grouping: service.customers, by: { wire.name(of: $0.key) })
            .sorted(by: { $0.key < $1.key })
        {
            demand(tenants.count == 1, "\(name) is \(tenants.map { "\($0.id) of \($0.domain)" })")
        }
    }

    static func noCustomerIsLostSightOf(
        _ service: SimulatedService,
        _ wire: Wire,
        known: Set<String>,
        open: Set<String>,
        rows: [BookRow]
    ) {
        // A row that names a customer asks for none.
        let asking = rows.filter(\.customerId.isEmpty)
        let identities = Set(asking.map(\.identity))
        let domains = Set(asking.map { $0.domain.lowercased() })
        for tenant in service.customers {
            let name = wire.name(of: tenant.key)
            guard identities.contains(name) || domains.contains(name) else { continue }
            // Where its row asks for another customer by now, nobody asks what became of it, but its request stays.
            let isOpen = !identities.contains(name) && open.contains(tenant.key)
            demand(known.contains(tenant.id) || isOpen, "the checkpoint does not know \(tenant.id) of \(tenant.domain)")
        }
    }

    static func everyPasswordIsOnFileExactlyOnce(
        _ service: SimulatedService,
        onFile: [[String]],
        created: [String],
        withNote: Set<String>,
        owed: Set<String>
    ) {
        let lines = Dictionary(grouping: onFile, by: { $0[0] })
        for id in created {
            guard let tenant = service.customers.first(where: { $0.id == id }) else { continue }
            let own = lines[id] ?? []
            demand(own.count <= 1, "the password of \(tenant.domain) is on file \(own.count) times")
            demand(
                own.allSatisfy { $0[3] == tenant.password },
                "the password of \(tenant.domain) is not the one on file"
            )
            demand(!own.isEmpty || !owed.contains(id), "the password of \(tenant.domain) was given and is not on file")
            demand(
                !own.isEmpty || withNote.contains(id),
                "the password of \(tenant.domain) is not on file, and nothing says why"
            )
        }
        for id in lines.keys.sorted() {
            demand(service.customers.contains { $0.id == id }, "a password is on file for \(id), which nobody created")
        }
    }
}
