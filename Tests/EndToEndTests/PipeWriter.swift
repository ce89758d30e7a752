import Foundation
import TestSupport
import Testing

extension TemporaryFolder {
    /// Makes a pipe, and starts a program that writes a file into it as soon as somebody reads.
    func startWriting(_ file: String, into pipe: String) throws -> Process {
        #expect(mkfifo(self(pipe), 0o600) == 0)
        let writer = Process()
        writer.executableURL = URL(filePath: "/bin/sh")
        writer.arguments = ["-c", "cat \(file) > \(pipe)"]
        writer.currentDirectoryURL = URL(filePath: path)
        try writer.run()
        return writer
    }
}
