import Foundation
import TestSupport
import Testing

/// `--metrics-file` as cron gives it, through the built program.
struct MetricsTests {
    private func figures(_ site: ImportSite, command: String = "import") throws -> [String: Double] {
        let exposition = try Exposition(try site.folder.read("nightly.prom"))
        #expect(exposition.faults == [])
        let labels = "command=\"\(command)\",job_name=\"nightly\""
        return Dictionary(
            uniqueKeysWithValues: exposition.samples.filter { $0.key.contains(labels) }.map { name, value in
                (name.replacing("{\(labels)}", with: "").replacing("\(labels),", with: ""), value)
            }
        )
    }

    @Test func aNightIsToldWhetherItWentWellOrNot() throws {
        let rule = "{\"fault\": \"error\", \"operation\": \"create\", \"status\": 503, \"count\": 1}"
        let site = try ImportSite(rows: 8, rules: rule)
        let metrics = ["--metrics-file", "nightly.prom"]
        let good = try site.run(metrics)
        #expect(good.exitCode == 0, "\(good.errors)")
        let first = try figures(site)
        #expect(first["purser_exit_code"] == 0)
        #expect(first["purser_rows{status=\"created\"}"] == 8)
        #expect(first["purser_rows{status=\"invalid\"}"] == 0)
        #expect(first["purser_request_attempts"] == 9)
        #expect(first["purser_request_retries"] == 1)
        #expect(first["purser_last_success_timestamp_seconds"] ?? 0 > first["purser_run_start_timestamp_seconds"] ?? 0)

        // A job file that is wrong, and a checkpoint that can't be made: the night failed, and the last success is
        // remembered.
        _ = try site.folder.write("{\"maxInFligt\": 1}", to: "bad.json")
        for (arguments, code) in [(["--job", "bad.json"], 78.0), (["--checkpoint", "/dev/null/x"], 73)] {
            #expect(try site.run(metrics + arguments).exitCode == Int32(code))
            let later = try figures(site)
            #expect(later["purser_exit_code"] == code)
            #expect(
                later["purser_last_success_timestamp_seconds"] == first["purser_last_success_timestamp_seconds"]
            )
        }

        // A rehearsal is not the night.
        let before = try site.folder.read("nightly.prom")
        _ = try site.folder.write("{\"dryRun\": true}", to: "rehearsal.json")
        for rehearsal in [["--dry-run"], ["--job", "rehearsal.json", "--checkpoint", "purser.checkpoint"]] {
            #expect(try site.run(metrics + rehearsal).exitCode == 0)
        }
        #expect(try site.folder.read("nightly.prom") == before)
    }

    @Test func aRunThatIsStoppedTellsHowFarItCame() throws {
        let site = try ImportSite(
            rows: 40,
            rules: "{\"fault\": \"latency\", \"operation\": \"create\", \"delay\": \"100ms\"}"
        )
        let run = try site.start(["--metrics-file", "nightly.prom", "--max-in-flight", "2"])
        site.folder.waitForLines(3)
        run.signal(SIGTERM)
        #expect(run.wait().exitCode == 75)
        let figures = try figures(site)
        #expect(figures["purser_exit_code"] == 75)
        #expect(figures["purser_rows{status=\"pending\"}"] ?? 0 > 0)
        #expect(figures.filter { $0.key.hasPrefix("purser_rows") }.values.reduce(0, +) == 40)
        #expect(figures["purser_last_finish_timestamp_seconds"] == nil)
    }

    @Test func everybodyMayReadTheFileWhateverTheMask() throws {
        let site = try ImportSite(rows: 1)
        let result = try site.run(["--metrics-file", "nightly.prom"], shell: "umask 077")
        #expect(result.exitCode == 0, "\(result.errors)")
        for (name, permissions) in [("nightly.prom", 0o644), ("reports/customers.csv.results.csv", 0o600)] {
            let attributes = try FileManager.default.attributesOfItem(atPath: site.folder(name))
            #expect(attributes[.posixPermissions] as? Int == permissions, "\(name)")
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: site.folder.path)
        #expect(names.filter { $0.contains("nightly") } == ["nightly.prom"])
    }

    @Test func aPlaceThatCanNotBeWrittenEndsTheRunBeforeAnythingIsSent() throws {
        let site = try ImportSite(rows: 2)
        let result = try site.run(["--metrics-file", "nowhere/nightly.prom"])
        #expect(result.exitCode == 73)
        #expect(result.errors.contains("nowhere/nightly.prom: there is no folder"), "\(result.errors)")
        #expect(try site.customers().isEmpty)
    }

    @Test func verifyAndExportShareTheFileOfTheirJob() throws {
        let site = try ImportSite(rows: 3)
        let job = "{\"endpoint\": \"\(site.endpoint)\", \"requestsPerMinute\": 0, \"metricsFile\": \"nightly.prom\"}"
        _ = try site.folder.write(job, to: "job.json")
        for command in [["import", "customers.csv"], ["verify"], ["export", "--to", "all.csv"]] {
            let result = try PurserProcess.run(
                command + ["--job", "job.json"],
                in: site.folder.path,
                environment: ["PURSER_TOKEN": "emulator"]
            )
            #expect(result.exitCode == 0, "\(result.errors)")
        }
        #expect(try figures(site)["purser_rows{status=\"created\"}"] == 3)
        #expect(try figures(site, command: "export")["purser_exported_customers"] == 3)
        let verified = try figures(site, command: "verify")
        #expect(verified.filter { $0.key.hasPrefix("purser_verified_customers") }.values.reduce(0, +) == 3)
    }
}
