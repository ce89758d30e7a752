import Foundation
import TestSupport
import Testing

/// Some seeds of the simulation; `scripts/simulate` plays thousands.
///
/// It runs in a process of its own, since it replaces the thread pool of the one that it is in.
struct SimulationTests {
    @Test func everyPromiseHoldsWhateverTheSeed() throws {
        let result = try simulate("--seeds", "25")
        #expect(result.exitCode == 0)
        #expect(result.output == "")
    }

    @Test func aSeedIsPlayedTheSameAgain() throws {
        let first = try simulate("--seed", "12", "--quiet")
        #expect(first.output.hasPrefix("seed 12 holds, trace "))
        #expect(try simulate("--seed", "12", "--quiet").output == first.output)
    }

    private func simulate(_ arguments: String...) throws -> (exitCode: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(filePath: BuiltProgram.path(of: "Simulation"))
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(["SWIFT_DETERMINISTIC_HASHING": "1"]) { $1 }
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }
}
