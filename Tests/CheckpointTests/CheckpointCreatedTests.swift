import Testing

@testable import Checkpoint

struct CheckpointCreatedTests {
    @Test func theCustomersThatAServiceCreatedAreReadPageByPage() async throws {
        let sample = try SampleCheckpoint()
        for endpoint in ["https://one.example", "https://two.example"] {
            try await sample.run(endpoint: endpoint) { checkpoint, manifest in
                for number in 1...5 {
                    try await checkpoint.create(manifest.row(number, "c\(number).example"), customerId: "id-\(number)")
                }
                _ = try await checkpoint.admit(manifest.row(6, "open.example"))
            }
        }
        let reader = try await CheckpointReader(path: sample.path)
        var pages: [[String]] = []
        var number: Int64 = 0
        repeat {
            let page = try await reader.created(at: "https://two.example", "v1", after: number, limit: 2)
            pages.append(page.map(\.customerId))
            number = page.last?.number ?? 0
            #expect(page.allSatisfy { $0.payload.count > 0 && $0.identity.hasSuffix(".example") })
        } while number > 0
        #expect(pages == [["id-1", "id-2"], ["id-3", "id-4"], ["id-5"], []])
        #expect(try await reader.created(at: "https://three.example", "v1", after: 0, limit: 2).isEmpty)
        #expect(try await reader.services() == ["https://one.example/v1", "https://two.example/v1"])
        await reader.close()
    }
}
