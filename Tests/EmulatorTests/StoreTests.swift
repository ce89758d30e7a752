import Emulator
import PartnerCenter
import SQLite
import TestSupport
import Testing

struct StoreTests {
    @Test func aRestartKeepsCustomersAndReplays() async throws {
        let folder = try TemporaryFolder()
        let store = EmulatorConfiguration.Store.file(folder("store"))
        let partner = try await Partner(.seeded(store))
        let first = try await partner.create(order(), requestId: "a")
        await partner.emulator.stop()

        let restarted = try await Partner(.seeded(store, seed: 2))
        #expect(try await restarted.create(order(), requestId: "a").body == first.body)
        #expect(try await restarted.create(order(), requestId: "b").status == 409)
        let id = try #require(try first.customer().id)
        #expect(try await restarted.send("GET", "/v1/customers/\(id)").status == 200)
        #expect(try await restarted.domains() == ["Contoso1.onmicrosoft.com"])
    }

    @Test func whatWasAnsweredIsThereAlsoAfterAKill() async throws {
        let folder = try TemporaryFolder()
        let partner = try await Partner(.seeded(.file(folder("store"))))
        let first = try await partner.create(order(), requestId: "a")
        // A copy of the files of a running store is what a kill leaves.
        try folder.copy("store", to: "copy")
        try folder.copy("store-wal", to: "copy-wal")
        let restarted = try await Partner(.seeded(.file(folder("copy")), seed: 2))
        #expect(try await restarted.create(order(), requestId: "a").body == first.body)
    }

    @Test func aStoreThatIsInUseIsRefused() async throws {
        let folder = try TemporaryFolder()
        let partner = try await Partner(.seeded(.file(folder("store"))))
        let error = await #expect(throws: EmulatorError.self) {
            try await Emulator.start(.seeded(.file(folder("store"))))
        }
        #expect(error?.kind == .busy && error?.message.contains("another process uses this store") == true)
        #expect(try await partner.create(order()).status == 201)
    }

    @Test func aFileOfAnotherKindIsRefusedAndLeftAlone() async throws {
        let folder = try TemporaryFolder()
        let text = try folder.write(String(repeating: "companyName,domain\n", count: 100), to: "customers.csv")
        let foreign = try Database(path: folder("foreign"), mode: .create)
        try foreign.execute("CREATE TABLE t (a)")
        foreign.close()
        for path in [text, folder("foreign")] {
            let error = await #expect(throws: EmulatorError.self) { try await Emulator.start(.seeded(.file(path))) }
            #expect(error?.kind == .foreign)
            #expect(error?.message == "\(path): not an emulator's store; give another --store")
        }
        #expect(try folder.read("customers.csv").hasPrefix("companyName,domain\n"))
    }

    @Test func aFolderThatIsMissingIsAnError() async throws {
        let error = await #expect(throws: EmulatorError.self) {
            try await Emulator.start(.seeded(.file("/nonexistent/store")))
        }
        #expect(error?.kind == .unusable)
        #expect(error?.message.hasPrefix("/nonexistent/store: can't use the store") == true)
    }
}
