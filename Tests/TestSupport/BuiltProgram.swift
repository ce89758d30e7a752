internal import Foundation

/// The programs that are built with the tests.
package enum BuiltProgram {
    /// Where a program is: beside the tests' own bundle.
    ///
    /// - Parameter name: the program's name.
    /// - Returns: its path; one that says so where it was not built.
    package static func path(of name: String) -> String {
        var folder = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        while folder.path != "/" {
            let candidate = folder.appending(path: name)
            if FileManager.default.isExecutableFile(atPath: candidate.path), !candidate.hasDirectoryPath {
                return candidate.path
            }
            folder.deleteLastPathComponent()
        }
        return "\(name)-was-not-built"
    }
}
