internal import FoundationEssentials
internal import Glibc
internal import Platform

/// Plays seeds: `Simulation [--from A] [--seeds N] [--seed S] [--quiet]`.
@main
struct Main {
    static func main() throws {
        // The order of sets and dictionaries must be the same in every process.
        guard ProcessInfo.processInfo.environment["SWIFT_DETERMINISTIC_HASHING"] != nil else {
            print("set SWIFT_DETERMINISTIC_HASHING=1, or a seed can't be played again; scripts/simulate does it")
            exit(64)
        }
        ProcessLimits.raiseOpenFiles()
        let arguments = CommandLine.arguments
        func number(_ name: String) -> UInt64? {
            arguments.firstIndex(of: name).flatMap { $0 + 1 < arguments.count ? UInt64(arguments[$0 + 1]) : nil }
        }
        let single = number("--seed")
        let first = single ?? number("--from") ?? 1
        let count = single == nil ? number("--seeds") ?? 100 : 1
        Trace.isPrinted = single != nil && !arguments.contains("--quiet")
        Runtime.replaceSystem()
        let root = Folder.isFolder("/dev/shm") ? "/dev/shm" : FileManager.default.temporaryDirectory.path
        let folder = "\(Folder.absolute(root))/purser-simulation-\(getpid())"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var broken = 0
        for seed in first..<first + count where !play(seed, "\(folder)/\(seed)", isSingle: single != nil) {
            broken += 1
        }
        try? FileManager.default.removeItem(atPath: folder)
        exit(broken == 0 ? 0 : 1)
    }

    private static func play(_ seed: UInt64, _ folder: String, isSingle: Bool) -> Bool {
        let broken: BrokenPromise?
        do {
            broken = try Simulation(seed: seed, folder: folder).play()
        } catch {
            broken = BrokenPromise(promise: "the simulation works", detail: "\(error)")
        }
        try? FileManager.default.removeItem(atPath: folder)
        let digest = String(Scheduler.shared.trace.digest, radix: 16)
        if let broken {
            print("seed \(seed): \(broken.promise): \(broken.detail)")
            fflush(nil)
        }
        if isSingle { print("seed \(seed) \(broken == nil ? "holds" : "breaks"), trace \(digest)") }
        return broken == nil
    }
}
