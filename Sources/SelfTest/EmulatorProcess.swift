internal import Platform

/// A round's local Partner Center, which can be killed and come back at the same address.
final class EmulatorProcess {
    private let program: String
    private let environment: [String: String]
    private let files: RoundFiles
    private var process: ChildProcess
    /// Where it listens.
    let port: String

    /// Starts it.
    ///
    /// - Parameters:
    ///   - program: the path of `purser`.
    ///   - environment: the variables that it gets.
    ///   - files: the round's files.
    /// - Throws: `RoundFailure` where it does not come up.
    init(_ program: String, environment: [String: String], files: RoundFiles) throws {
        (self.program, self.environment, self.files) = (program, environment, files)
        (process, port) = try Self.start(program, environment, files, port: "0")
    }

    /// Kills it.
    func kill() {
        process.send(.kill)
        _ = process.wait(.seconds(10))
    }

    /// Starts it again at the same address, on what it had saved.
    func restart() throws {
        (process, _) = try Self.start(program, environment, files, port: port)
    }

    /// Whether it runs.
    var isRunning: Bool { process.end == nil }

    /// Ends it in order, so that its store is one file.
    func stop() throws {
        process.send(.terminate)
        guard process.wait(.seconds(30)) == .exited(0) else {
            process.send(.kill)
            throw RoundFailure("the emulator does not stop in order; see \(files.emulatorErrors)")
        }
    }

    private static func start(
        _ program: String,
        _ environment: [String: String],
        _ files: RoundFiles,
        port: String
    ) throws -> (ChildProcess, port: String) {
        let arguments = [
            program, "emulator", "--store", files.store, "--scenario", files.scenario, "--port", port,
        ]
        try Folder.remove(files.address)
        let process = try ChildProcess(
            Program(arguments, environment: environment),
            output: files.address,
            errors: files.emulatorErrors
        )
        var line = ""
        _ = process.wait(.seconds(30)) {
            do { line = String(decoding: try File(files.address, .read).read(atMost: 200), as: UTF8.self) } catch {}
            return line.hasSuffix("\n")
        }
        guard let colon = line.lastIndex(of: ":"), line.hasSuffix("\n") else {
            process.send(.kill)
            throw RoundFailure("the emulator does not come up; see \(files.emulatorErrors)")
        }
        return (process, String(line[line.index(after: colon)...].dropLast()))
    }
}

/// What keeps a round from going on; it counts as a finding.
struct RoundFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
