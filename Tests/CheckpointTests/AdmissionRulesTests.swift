import Testing

@testable import Checkpoint

struct AdmissionRulesTests {
    /// How an entry stands to the row: none, or its state, and whether it has the row's payload.
    enum Known: CaseIterable {
        case nothing, newSame, newOther, openSame, openOther, triedSame, triedOther
        case createdSame, createdOther, rejectedSame, rejectedOther

        func entry(_ id: Int64) -> LedgerEntry? {
            let state: LedgerEntry.State
            switch self {
            case .nothing: return nil
            case .newSame, .newOther: state = .new
            case .openSame, .openOther, .triedSame, .triedOther: state = .open
            case .createdSame, .createdOther: state = .created
            case .rejectedSame, .rejectedOther: state = .rejected
            }
            return LedgerEntry(
                id: id,
                name: "entry \(id)",
                domain: nil,
                state: state,
                digest: isSame ? AdmissionRulesTests.request.digest : [0],
                generation: 3,
                key: "key",
                run: isTried ? 7 : 6
            )
        }

        var isSame: Bool { [.newSame, .openSame, .triedSame, .createdSame, .rejectedSame].contains(self) }
        var isTried: Bool { self == .triedSame || self == .triedOther }
        var isOpen: Bool { [.openSame, .openOther, .triedSame, .triedOther].contains(self) }
        var isCreated: Bool { self == .createdSame || self == .createdOther }
        var mayBeSent: Bool { !isOpen && !isCreated }
    }

    private static let request = CreateRequest.version(1)

    private func decide(
        _ byName: Known,
        _ byDomain: Known = .nothing,
        mode: AdmissionMode = .send,
        retriesRejected: Bool = false,
        claim: Claim? = nil,
        content: Row.Content = .request(request)
    ) -> Decision {
        AdmissionRules(retriesRejected: retriesRejected, mode: mode, run: 7)
            .decide(content, claim: claim, byName: byName.entry(1), byDomain: byDomain.entry(2))
    }

    private static let modes: [AdmissionMode] = [.send, .hold, .rehearse]
    private static let claim = Claim(reference: RowReference(place: 1), column: "domain")

    @Test(arguments: modes, [nil, claim])
    func anInvalidRowOfNoOpenRequestIsInvalid(mode: AdmissionMode, claim: Claim?) {
        for known in Known.allCases where !known.isOpen {
            let decision = decide(known, known, mode: mode, claim: claim, content: .invalid(.refusal))
            let created = known.isCreated && claim == nil ? known.entry(1) : nil
            #expect(decision == .settled(.invalid(.refusal, created: created)))
        }
    }

    @Test(arguments: [Known.openSame, .openOther], [nil, claim])
    func anOpenRequestIsSettledBeforeItsRowIsInvalid(known: Known, claim: Claim?) {
        let content = Row.Content.invalid(.refusal)
        for (byName, byDomain) in [(known, Known.nothing), (known, .createdSame), (.newSame, known)] {
            let open = byName == known ? known.entry(1)! : known.entry(2)!
            let sent = decide(byName, byDomain, claim: claim, content: content)
            #expect(sent == .sendAgain(open, settlesEarlierRequest: true))
            for mode in [AdmissionMode.hold, .rehearse] {
                let held = decide(byName, byDomain, mode: mode, claim: claim, content: content)
                #expect(held == .settled(.unsettled(open, invalid: .refusal)))
            }
        }
    }

    @Test(arguments: modes, [Known.triedSame, .triedOther])
    func aRequestThatThisRunCouldNotSettleIsToldBesideWhatIsInvalid(mode: AdmissionMode, known: Known) {
        let content = Row.Content.invalid(.refusal)
        #expect(
            decide(known, mode: mode, content: content) == .settled(.unsettled(Self.entry(known), invalid: .refusal))
        )
        // The earlier row of this run that has the identity tells it.
        let repeated = decide(known, mode: mode, claim: Self.claim, content: content)
        #expect(repeated == .settled(.invalid(.refusal, created: nil)))
    }

    @Test(arguments: modes, [nil, claim])
    func aRowThatNamesACustomerIsNeverSentItself(mode: AdmissionMode, claim: Claim?) {
        for known in Known.allCases {
            let decision = decide(known, mode: mode, claim: claim, content: .existing(customerId: "c"))
            let settles = mode == .send && claim == nil && known.isOpen && !known.isTried
            let expected: Decision =
                settles
                ? .sendAgain(Self.entry(known), settlesEarlierRequest: true) : .settled(.existing(customerId: "c"))
            #expect(decision == expected)
        }
    }

    @Test(arguments: modes, Known.allCases)
    func anIdentityThatWasClaimedIsADuplicate(mode: AdmissionMode, known: Known) {
        guard mode != .send || !known.isOpen || known.isTried else { return }
        #expect(decide(known, mode: mode, claim: Self.claim) == .settled(.duplicate(Self.claim)))
        #expect(decide(.nothing, known, mode: mode, claim: Self.claim) == .settled(.duplicate(Self.claim)))
    }

    /// In an earlier run the row stood alone, and may have created a customer.
    @Test(arguments: [Known.openSame, .openOther])
    func anOpenRequestIsSettledBeforeItsRowIsADuplicate(known: Known) {
        for (byName, byDomain) in [(known, Known.nothing), (known, .createdSame), (.newSame, known)] {
            let open = byName == known ? known.entry(1)! : known.entry(2)!
            let sent = decide(byName, byDomain, claim: Self.claim)
            #expect(sent == .sendAgain(open, settlesEarlierRequest: true))
        }
    }

    /// What a row with one entry, found by its name or by its domain, becomes.
    private static let single: [(Known, sent: Decision, held: Verdict, rehearsed: Verdict, retried: Decision?)] = [
        (.newSame, .send(request, under: entry(.newSame)), .held, .ready, nil),
        (.newOther, .send(request, under: entry(.newOther)), .held, .ready, nil),
        (
            .openSame, .sendAgain(entry(.openSame), settlesEarlierRequest: false),
            .unsettled(entry(.openSame), invalid: nil), .ready,
            nil
        ),
        (
            .openOther, .sendAgain(entry(.openOther), settlesEarlierRequest: true),
            .unsettled(entry(.openOther), invalid: nil),
            .ready, nil
        ),
        (
            .triedSame, .settled(.unsettled(entry(.triedSame), invalid: nil)),
            .unsettled(entry(.triedSame), invalid: nil), .ready, nil
        ),
        (
            .triedOther, .settled(.unsettled(entry(.triedOther), invalid: nil)),
            .unsettled(entry(.triedOther), invalid: nil), .ready, nil
        ),
        (
            .createdSame, .settled(.unchanged(entry(.createdSame))), .unchanged(entry(.createdSame)),
            .unchanged(entry(.createdSame)), nil
        ),
        (
            .createdOther, .settled(.conflict(entry(.createdOther), with: request)),
            .conflict(entry(.createdOther), with: request), .conflict(entry(.createdOther), with: request), nil
        ),
        (
            .rejectedSame, .settled(.refused(entry(.rejectedSame))), .refused(entry(.rejectedSame)),
            .refused(entry(.rejectedSame)), .send(request, under: entry(.rejectedSame))
        ),
        (.rejectedOther, .send(request, under: entry(.rejectedOther)), .held, .ready, nil),
    ]

    private static func entry(_ known: Known) -> LedgerEntry {
        // The table has no row for `.nothing`.
        known.entry(1)!
    }

    @Test
    func anEntryDecidesByItsStateAndPayload() {
        for row in Self.single {
            #expect(decide(row.0) == row.sent)
            #expect(decide(row.0, mode: .hold) == .settled(row.held))
            #expect(decide(row.0, mode: .rehearse) == .settled(row.rehearsed))
            #expect(decide(row.0, retriesRejected: true) == row.retried ?? row.sent)
        }
        #expect(Set(Self.single.map(\.0)) == Set(Known.allCases).subtracting([.nothing]))
    }

    @Test
    func anEntryOfTheDomainDecidesAsOneOfTheName() {
        for row in Self.single {
            let entry = row.0.entry(1)
            for (mode, expected) in [
                (AdmissionMode.send, row.sent), (.hold, .settled(row.held)), (.rehearse, .settled(row.rehearsed)),
            ] {
                let rules = AdmissionRules(retriesRejected: false, mode: mode, run: 7)
                let decision = rules.decide(.request(Self.request), claim: nil, byName: nil, byDomain: entry)
                #expect(decision == expected)
            }
        }
    }

    @Test
    func aCustomerNobodyKnowsIsSentUnderANewEntry() {
        #expect(decide(.nothing) == .send(Self.request, under: nil))
        #expect(decide(.nothing, mode: .hold) == .settled(.held))
        #expect(decide(.nothing, mode: .rehearse) == .settled(.ready))
    }

    /// Where name and domain lead to two entries: an open request of the name, then what was created, then an open
    /// request of the domain, then a refusal of this very payload; else nothing hinders it.
    @Test(arguments: Known.allCases, Known.allCases)
    func twoEntriesAreHeardInOrder(byName: Known, byDomain: Known) {
        let decision = decide(byName, byDomain)
        if byName.isOpen || (byName != .nothing && byDomain == .nothing) {
            #expect(decision == decide(byName))
        } else if byName.isCreated {
            #expect(decision == decide(byName))
        } else if byDomain.isCreated || byDomain.isOpen {
            #expect(decision == decide(.nothing, byDomain))
        } else if byName == .rejectedSame {
            #expect(decision == decide(byName))
        } else if byDomain == .rejectedSame {
            #expect(decision == decide(.nothing, byDomain))
        } else {
            #expect(byName.mayBeSent && byDomain.mayBeSent)
            #expect(decision == .send(Self.request, under: byName.entry(1) ?? byDomain.entry(2)))
        }
    }

    @Test(arguments: Known.allCases, Known.allCases)
    func nothingIsSentButInARunThatSends(byName: Known, byDomain: Known) {
        for mode in [AdmissionMode.hold, .rehearse] {
            guard case .settled = decide(byName, byDomain, mode: mode, retriesRejected: true) else {
                Issue.record("it is sent in mode \(mode)")
                continue
            }
        }
    }

    @Test(arguments: Known.allCases, Known.allCases)
    func nothingIsSentForACustomerThatWasCreated(byName: Known, byDomain: Known) {
        guard byName.isCreated || (byDomain.isCreated && !byName.isOpen) else { return }
        guard case .settled = decide(byName, byDomain, retriesRejected: true) else {
            Issue.record("it is sent")
            return
        }
    }
}
