import Reports
import Testing

struct ReportPathsTests {
    @Test func everyReportIsNamedAfterItsManifest() {
        let paths = ReportPaths(manifest: "/data/in/customers.csv", folder: "reports")
        #expect(paths.results(.csv) == "reports/customers.csv.results.csv")
        #expect(paths.results(.jsonLines) == "reports/customers.csv.results.jsonl")
        #expect(paths.corrections == "reports/customers.csv.corrections.csv")
        #expect(ReportPaths.summary(in: "reports/") == "reports/summary.json")
        #expect(ReportPaths.credentials(in: "/var/out") == "/var/out/credentials.csv")
    }

    @Test(arguments: [
        (["/in/a.csv", "/in/b.csv"], ["a.csv", "b.csv"]),
        (["/north/a.csv", "/south/a.csv", "/south/b.csv"], ["north-a.csv", "south-a.csv", "b.csv"]),
        (["/1/x/a.csv", "/2/x/a.csv"], ["1-x-a.csv", "2-x-a.csv"]),
        (["/a.csv", "/x/a.csv"], ["a.csv", "x-a.csv"]),
        (["/n/a.csv", "/s/a.csv", "/s/n-a.csv"], ["n-a.csv", "s-a.csv", "s-n-a.csv"]),
        (["/in/a.csv", "/in/a.csv"], ["a.csv", "a.csv"]),
        (["/x/a-c.csv", "/x/a/c.csv", "/x/b/c.csv"], ["x-a-c.csv", "2-x-a-c.csv", "b-c.csv"]),
        ([], []),
    ])
    func manifestsOfOneNameDoNotShareReports(manifests: [String], names: [String]) {
        #expect(ReportPaths.assign(to: manifests, folder: "out").map(\.name) == names)
    }
}
