internal import Foundation

extension TemporaryFolder {
    /// Copies a file of the folder to another name in it.
    package func copy(_ source: String, to target: String) throws {
        try FileManager.default.copyItem(atPath: self(source), toPath: self(target))
    }
}
