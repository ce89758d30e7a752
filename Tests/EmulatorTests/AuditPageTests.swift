import PartnerCenter
import Platform
import SQLite
import Testing

@testable import Emulator

struct AuditPageTests {
    /// Several creations and other records of each moment.
    private func store(moments: Int64) throws -> CustomerStore {
        let store = try CustomerStore(.memory)
        try store.transaction {
            for number in 0..<moments * 3 {
                try add(number, at: number / 3, to: store)
                var record = AuditRecord()
                record.operationType = "other\(number)"
                if number % 2 == 0 { try store.keep(record, time: number / 3) }
            }
        }
        return store
    }

    private func add(_ number: Int64, at time: Int64, to store: CustomerStore) throws {
        let customer = NewCustomer(
            id: "\(number)",
            domain: "d\(number).net",
            companyName: "Company",
            relationshipToPartner: "reseller",
            created: time,
            resource: Array("{\"id\":\"\(number)\"}".utf8),
            answer: []
        )
        _ = try store.create(PreparedCreate(requestId: nil, fingerprint: 0, verdict: .accepted(customer)))
    }

    @Test(arguments: [1, 2, 7, 500])
    func pagesShowEveryRecordOnceAndInOrderWhileCustomersAreAdded(size: Int) throws {
        let store = try store(moments: 20)
        let span: ClosedRange<Int64> = 5...14
        let whole = try store.auditRecords(in: span, after: .before(5), limit: 1000).map(\.place)
        #expect(whole.count == 30 + 15 && whole == whole.sorted() && Set(whole).count == whole.count)
        var place = AuditPlace.before(5)
        var paged: [AuditPlace] = []
        while true {
            let page = try store.auditRecords(in: span, after: place, limit: size).map(\.place)
            guard let last = page.last else { break }
            paged += page
            place = last
            try store.transaction { try add(1000 + Int64(paged.count), at: 20, to: store) }
        }
        #expect(paged == whole)
    }

    @Test(arguments: [
        ("2026-11-21T10:00:00-08:00", "2026-11-21T18:00:00"), ("2026-11-21T10:00:00+02:00", "2026-11-21T08:00:00Z"),
        ("2026-11-21T10:00:00 05:30", "2026-11-21T04:30:00Z"), ("2026-11-21 10:00:00", "2026-11-21T10:00:00.5Z"),
        ("2026-11-21T10:00:00+15:00", nil), ("2026-11-21T10:00:00-x", nil), ("2026-13-01", nil),
    ])
    func aDateOfAQueryMayHaveAnOffset(text: String, utc: String?) {
        #expect(Timestamp(queryDate: text) == utc.flatMap { Timestamp(queryDate: $0) })
    }

    @Test(arguments: [
        (CustomerStore.creations, "customer_created"), (CustomerStore.others, "audit_time"),
        ("DELETE FROM token WHERE expires <= ?1", "token_expiry"),
    ])
    func recordsAreFoundByAnIndexInItsOrder(sql: String, index: String) throws {
        let store = try store(moments: 1)
        let plan = try store.database.prepare("EXPLAIN QUERY PLAN \(sql)")
        var steps: [String] = []
        while try plan.step() { steps.append(plan.text(at: 3)) }
        #expect(steps.count == 1 && steps[0].hasPrefix("SEARCH") && steps[0].contains(index), "\(steps)")
    }
}
