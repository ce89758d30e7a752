import Foundation
import TestSupport
import Testing

/// A disk that fails in mid-run: the run says so in a line, and once the disk is mended the same command goes on.
struct DiskTests {
    /// A small file system of a test's own, in memory.
    final class SmallDisk {
        let path: String

        /// Mounts it.
        init(_ path: String, size: String) throws {
            self.path = path
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            try #require(Self.mount(["-t", "tmpfs", "-o", "size=\(size)", "tmpfs", path]))
        }

        deinit { _ = Self.run("umount", ["--lazy", path]) }

        /// Mounts it again with other options.
        func remount(_ options: String) { #expect(Self.mount(["-o", "remount,\(options)", path])) }

        static func mount(_ arguments: [String]) -> Bool { run("mount", arguments) }

        static func run(_ program: String, _ arguments: [String]) -> Bool {
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = [program] + arguments
            process.standardError = FileHandle.nullDevice
            process.standardOutput = FileHandle.nullDevice
            guard (try? process.run()) != nil else { return false }
            process.waitUntilExit()
            return process.terminationStatus == 0
        }

        /// Whether this process may mount file systems.
        static let canMount: Bool = {
            guard let folder = try? TemporaryFolder(), mount(["-t", "tmpfs", "tmpfs", folder.path]) else {
                return false
            }
            return run("umount", [folder.path])
        }()
    }

    @Test(
        .enabled(if: SmallDisk.canMount, "mounting a file system is not allowed here"),
        arguments: ["64k", "200k", "400k", "700k"]
    )
    func aDiskThatFillsUpUnderTheCheckpointStopsTheRunAndLosesNothing(size: String) throws {
        let site = try ImportSite(rows: 400)
        let disk = try SmallDisk(site.folder("disk"), size: size)
        let options = ["--checkpoint", "disk/purser.checkpoint", "--reports", "disk/reports"]
        for _ in 1...2 {
            let result = try site.run(options)
            #expect(result.exitCode == 73)
            #expect(result.errorLines.count == 1, "\(result.errors)")
            let words = [
                "the disk is full; make room, then run again", "No space left on device; free some space, then run",
            ]
            #expect(words.contains { result.errors.contains($0) }, "\(result.errors)")
        }
        disk.remount("size=64m")
        let result = try site.run(options)
        #expect(result.exitCode == 0, "\(result.errors)")
        try site.expectNothingLost(rows: 400, reports: "disk/reports")
    }

    @Test(
        .enabled(if: SmallDisk.canMount, "mounting a file system is not allowed here"),
        arguments: ["4k", "12k", "40k"]
    )
    func aDiskThatFillsUpUnderTheReportsLosesNoPassword(size: String) throws {
        let site = try ImportSite(rows: 300)
        let disk = try SmallDisk(site.folder("reports"), size: size)
        for _ in 1...2 {
            let result = try site.run()
            #expect(result.exitCode == 73)
            #expect(result.errorLines.count == 1, "\(result.errors)")
            #expect(result.errors.contains("reports/") && result.errors.contains("No space left"), "\(result.errors)")
        }
        disk.remount("size=64m")
        let result = try site.run()
        #expect(result.exitCode == 0, "\(result.errors)")
        try site.expectNothingLost(rows: 300)
    }

    @Test(arguments: [8, 40, 100, 300])
    func aLimitOfTheFilesSizeIsLikeAFullDisk(kibibytes: Int) throws {
        let site = try ImportSite(rows: 400)
        let result = try site.run(shell: "ulimit -f \(kibibytes)")
        #expect(result.exitCode == 73, "\(result.errors)")
        #expect(result.errorLines.count == 1, "\(result.errors)")
        #expect(try site.run().exitCode == 0)
        try site.expectNothingLost(rows: 400)
    }

    @Test(
        .enabled(if: SmallDisk.canMount, "mounting a file system is not allowed here"),
        arguments: [
            ["--checkpoint", "disk/purser.checkpoint"], ["--reports", "disk"], ["--credentials", "disk/c.csv"],
        ]
    )
    func aPlaceThatMayOnlyBeReadIsToldBeforeAnythingIsSent(options: [String]) throws {
        let site = try ImportSite(rows: 5)
        let disk = try SmallDisk(site.folder("disk"), size: "8m")
        disk.remount("ro")
        let result = try site.run(options)
        #expect(result.exitCode == 73)
        #expect(result.errorLines.count == 1, "\(result.errors)")
        #expect(result.errors.contains("disk") && result.errors.contains("Read-only"), "\(result.errors)")
        #expect(try site.customers().isEmpty)
        disk.remount("rw")
        #expect(try site.run(options).exitCode == 0)
        #expect(try site.customers().count == 5)
    }

    @Test(.enabled(if: SmallDisk.canMount, "mounting a file system is not allowed here"))
    func aCheckpointThatMayOnlyBeReadIsLeftAsItIs() throws {
        let site = try ImportSite(rows: 5)
        let disk = try SmallDisk(site.folder("disk"), size: "8m")
        let options = ["--checkpoint", "disk/purser.checkpoint"]
        #expect(try site.run(options).exitCode == 0)
        disk.remount("ro")
        let result = try site.run(options)
        #expect(result.exitCode == 73 && result.errorLines.count == 1, "\(result.errors)")
        disk.remount("rw")
        #expect(try site.run(options).exitCode == 0)
        try site.expectNothingLost(rows: 5)
    }

    @Test func aFileSystemWithoutLocksIsRefusedBeforeAnythingIsSent() throws {
        let site = try ImportSite(rows: 5)
        let source = try site.folder.write(
            "#include <errno.h>\nint flock(int f, int o) { errno = ENOLCK; return -1; }\n",
            to: "nolocks.c"
        )
        let library = site.folder("nolocks.so")
        let isBuilt = ["cc", "gcc", "clang"].contains {
            SmallDisk.run($0, ["-shared", "-fPIC", "-o", library, source])
        }
        guard isBuilt else { try Test.cancel("there is no C compiler here") }
        let result = try site.run(shell: "export LD_PRELOAD=\(library)")
        #expect(result.exitCode == 73)
        #expect(result.errorLines.count == 1)
        #expect(
            result.errors.contains("purser.checkpoint: ") && result.errors.contains("local disk"),
            "\(result.errors)"
        )
        #expect(try site.customers().isEmpty)
        #expect(try site.run().exitCode == 0)
    }

    @Test func aReportsFolderThatIsMovedAwayInMidRunIsMadeAnewAndNoPasswordIsLost() throws {
        let site = try ImportSite(rows: 300)
        let run = try site.start()
        site.folder.waitForLines(20)
        try FileManager.default.moveItem(atPath: site.folder("reports"), toPath: site.folder("moved"))
        #expect(run.wait().exitCode == 0)
        let held = try site.customers()
        #expect(held.count == 300)
        let before = Set(try site.credentials("moved/credentials.csv"))
        let after = try site.credentials()
        #expect(Set(after).count == after.count)
        #expect(before.union(after) == Set(held))
        #expect(try Results(of: "customers.csv", in: site.folder).count("created") == 300)
    }
}
