import Jobs
import Onboarding
import TestSupport
import Testing

/// How many rows there will be, for the time that is left.
struct RowCountTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func count(_ paths: String...) async -> Int? {
        await RowCount(settings: OnboardingSettings()).count(paths)
    }

    @Test func theRowsOfAllManifestsAreCountedButNotTheBlankOnes() async throws {
        let first = try folder.write("companyName,domain\nA,a\n,\nB,b\n", to: "a.csv")
        let second = try folder.write("companyName,domain\nC,c\n", to: "b.csv")
        #expect(await count(first, second) == 3)
    }

    @Test func nobodyKnowsWhereOneCanNotBeRead() async throws {
        let good = try folder.write("companyName,domain\nA,a\n", to: "a.csv")
        #expect(await count(good, folder("missing.csv")) == nil)
        #expect(await count(try folder.write("", to: "empty.csv")) == nil)
        #expect(await count(folder.path) == nil)
    }
}
