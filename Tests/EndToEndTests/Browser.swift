import Foundation

/// A headless Chromium.
enum Browser {
    /// What it made of a page.
    struct Page {
        /// The document once its scripts have run, as HTML.
        let document: String
        /// What was written to the console.
        let errors: [String]
    }

    private static let path = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    static var isInstalled: Bool { path != nil }

    /// Opens a page and waits until its scripts are idle.
    ///
    /// - Parameters:
    ///   - address: the file's path, with a fragment where there is one.
    ///   - folder: where the browser keeps its profile.
    static func open(_ address: String, in folder: String) throws -> Page {
        let process = Process()
        process.executableURL = URL(filePath: path ?? "")
        process.arguments = [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--enable-logging=stderr",
            "--user-data-dir=\(folder)/browser", "--window-size=1280,1200", "--virtual-time-budget=5000", "--dump-dom",
            "file://\(address)",
        ]
        let (output, errors) = ("\(folder)/document.html", "\(folder)/console.txt")
        for file in [output, errors] { _ = FileManager.default.createFile(atPath: file, contents: nil) }
        process.standardOutput = try FileHandle(forWritingTo: URL(filePath: output))
        process.standardError = try FileHandle(forWritingTo: URL(filePath: errors))
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        let console = try String(contentsOfFile: errors, encoding: .utf8).split(separator: "\n")
        return Page(
            document: try String(contentsOfFile: output, encoding: .utf8),
            errors: console.filter { $0.contains(":CONSOLE") }.map(String.init)
        )
    }
}
