import Foundation
import TestSupport
import Testing

/// Looks again and again until something has come about: a sign of how far a program is.
func waitUntil(sourceLocation: SourceLocation = #_sourceLocation, _ isSo: () throws -> Bool) rethrows {
    let deadline = Date(timeIntervalSinceNow: 60)
    while Date() < deadline {
        if try isSo() { return }
        usleep(2000)
    }
    Issue.record("it never got so far", sourceLocation: sourceLocation)
}

extension TemporaryFolder {
    /// Whether anything is in the folder by a name.
    func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: self(name)) }

    /// How many bytes a file has now; none where it is not there.
    func size(of name: String) -> Int {
        let attributes = try? FileManager.default.attributesOfItem(atPath: self(name))
        return attributes?[.size] as? Int ?? 0
    }

    /// How many lines a file has now; none where it is not there.
    func lineCount(of name: String) -> Int {
        (FileManager.default.contents(atPath: self(name)) ?? Data()).count { $0 == UInt8(ascii: "\n") }
    }

    /// Waits until a file has some lines below its header: a sign that a run is in full swing.
    func waitForLines(
        _ count: Int,
        of name: String = "reports/credentials.csv",
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        waitUntil(sourceLocation: sourceLocation) { lineCount(of: name) > count }
    }
}
