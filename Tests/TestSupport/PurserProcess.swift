internal import Foundation

/// The built `purser`, run as a user runs it.
package final class PurserProcess: @unchecked Sendable {
    /// What a finished run left.
    package struct Result: Sendable {
        package let exitCode: Int32
        package let output: String
        package let errors: String

        /// The lines of standard error.
        package var errorLines: [String] { errors.split(separator: "\n").map(String.init) }
    }

    private let process = Process()
    private let output: Capture
    private let errors: Capture

    /// Starts it.
    ///
    /// - Parameters:
    ///   - arguments: the command line.
    ///   - folder: the folder to run it in.
    ///   - environment: variables to set besides the test's own.
    ///   - shell: where it is not empty, what a shell does first, such as to set a limit.
    package init(
        _ arguments: [String],
        in folder: String,
        environment: [String: String] = [:],
        shell: String = ""
    ) throws {
        output = Capture()
        errors = Capture()
        let program = BuiltProgram.path(of: "purser")
        process.executableURL = URL(filePath: shell.isEmpty ? program : "/bin/bash")
        let prelude = ["-c", "\(shell); exec \"$0\" \"$@\"", program]
        process.arguments = shell.isEmpty ? arguments : prelude + arguments
        process.currentDirectoryURL = URL(filePath: folder)
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output.pipe
        process.standardError = errors.pipe
        try process.run()
        output.start()
        errors.start()
    }

    /// Runs it to its end.
    package static func run(
        _ arguments: [String],
        in folder: String,
        environment: [String: String] = [:],
        shell: String = ""
    ) throws -> Result {
        try PurserProcess(arguments, in: folder, environment: environment, shell: shell).wait()
    }

    /// Waits for its end.
    package func wait() -> Result {
        process.waitUntilExit()
        return Result(exitCode: process.terminationStatus, output: output.text(), errors: errors.text())
    }

    /// Sends it a signal.
    package func signal(_ number: Int32) {
        kill(process.processIdentifier, number)
    }

    /// Waits for a line of standard output and returns it.
    package func firstLine() -> String { output.firstLine() }
}

/// Collects what comes out of a pipe, on a thread of its own, so that the process never waits for us.
private final class Capture: @unchecked Sendable {
    let pipe = Pipe()
    private let condition = NSCondition()
    private var data = Data()
    private var isAtEnd = false

    func start() {
        Thread.detachNewThread { [self] in
            while true {
                let chunk = pipe.fileHandleForReading.availableData
                condition.withLock {
                    data += chunk
                    isAtEnd = chunk.isEmpty
                    condition.broadcast()
                }
                if chunk.isEmpty { return }
            }
        }
    }

    func text() -> String {
        condition.withLock {
            while !isAtEnd { condition.wait() }
            return String(decoding: data, as: UTF8.self)
        }
    }

    func firstLine() -> String {
        condition.withLock {
            while !isAtEnd, !data.contains(UInt8(ascii: "\n")) { condition.wait() }
            return String(decoding: data.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        }
    }
}
