import Testing

@testable import Emulator

struct PageQueryTests {
    /// More than a selective filter may match, so that both ways to find a page are taken.
    private func store(with count: Int) throws -> CustomerStore {
        let store = try CustomerStore(.memory)
        try store.transaction {
            for number in 0..<count {
                let customer = NewCustomer(
                    id: "\(number)",
                    domain: number % 100 == 7 ? "rare\(number).net" : "common\(number).net",
                    companyName: "Company",
                    relationshipToPartner: "reseller",
                    resource: [],
                    answer: []
                )
                _ = try store.create(PreparedCreate(requestId: nil, fingerprint: 0, verdict: .accepted(customer)))
            }
        }
        return store
    }

    @Test(arguments: [("common", 5940), ("rare", 60), ("", 6000), ("common5", 1100), ("none", 0)])
    func aFilterFindsTheSamePagesWhetherFewOrManyMatch(prefix: String, count: Int) throws {
        let store = try store(with: 6000)
        var query = PageQuery(size: 500, field: .domain, prefix: prefix)
        var forward: [Int64] = []
        var hasMore = true
        while hasMore {
            let page = try store.page(query)
            forward += page.customers.map(\.sequence)
            hasMore = page.hasMore
            query.position = .after(forward.last ?? 0)
        }
        #expect(forward.count == count)
        #expect(forward == forward.sorted())

        query.position = .last
        var backward: [Int64] = []
        repeat {
            let page = try store.page(query)
            backward = page.customers.map(\.sequence) + backward
            hasMore = page.hasMore
            query.position = .before(backward.first ?? 0)
        } while hasMore
        #expect(backward == forward)
    }
}
