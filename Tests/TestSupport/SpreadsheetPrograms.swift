internal import Foundation

/// The programs that write spreadsheets as other people do: LibreOffice, and Python with openpyxl and XlsxWriter.
package enum SpreadsheetPrograms {
    /// Whether all of them are there.
    package static let areInstalled = python != nil && libreOffice != nil

    /// Why a test that needs them is skipped.
    package static let advice =
        "needs LibreOffice in PATH, and PURSER_TEST_PYTHON to name a Python with openpyxl and XlsxWriter; "
        + "scripts/test --all installs both"

    private static let python = ProcessInfo.processInfo.environment["PURSER_TEST_PYTHON"].flatMap { path in
        FileManager.default.isExecutableFile(atPath: path) ? path : nil
    }

    private static let libreOffice = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        .map { "\($0)/soffice" }
        .first(where: FileManager.default.isExecutableFile(atPath:))

    /// Runs a Python script.
    ///
    /// - Parameters:
    ///   - script: the script's path.
    ///   - arguments: what it is given.
    ///   - folder: where it runs.
    /// - Returns: what it printed.
    /// - Throws: `Failure` where it fails.
    @discardableResult
    package static func runPython(_ script: String, _ arguments: [String], in folder: TemporaryFolder) throws -> String
    {
        try run([python ?? "python3", script] + arguments, in: folder)
    }

    /// Has LibreOffice save a file in another format, in the same folder.
    ///
    /// - Parameters:
    ///   - name: the file's name.
    ///   - format: the ending, and after a colon LibreOffice's name of the format where the ending has several.
    ///   - newName: what the new file is called.
    ///   - folder: where both are; LibreOffice keeps its own files there too.
    /// - Throws: `Failure` where no such file comes of it.
    package static func convert(_ name: String, to format: String, as newName: String, in folder: TemporaryFolder)
        throws
    {
        let profile = "-env:UserInstallation=file://\(folder.path)/libreoffice"
        let words = ["--headless", "--convert-to", format, "--outdir", folder("converted"), folder(name)]
        let printed = try run([libreOffice ?? "soffice", profile] + words, in: folder)
        let ending = format.prefix { $0 != ":" }
        let made = folder("converted/\(name.prefix { $0 != "." }).\(ending)")
        guard FileManager.default.fileExists(atPath: made) else {
            throw Failure(description: "LibreOffice made no \(newName) of \(name): \(printed)")
        }
        try FileManager.default.moveItem(atPath: made, toPath: folder(newName))
    }

    /// Why a program did not do what it was to do.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// Runs a program to its end, for three minutes at most, and ends what it leaves behind.
    ///
    /// Foundation's `Process` would wait for every process that LibreOffice leaves running.
    private static func run(_ words: [String], in folder: TemporaryFolder) throws -> String {
        let log = folder("log-\(UUID().uuidString)")
        let arguments = ["timeout", "--kill-after=5", "180", "env", "--chdir", folder.path] + words
        let pointers = arguments.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        var process = pid_t()
        let code = posix_spawnp(&process, "timeout", &actions, nil, pointers, environ)
        guard code == 0 else { throw Failure(description: "can't run timeout: error \(code)") }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        // timeout has made a process group of its own for all that it starts.
        kill(-process, SIGKILL)
        let printed = String(decoding: try Data(contentsOf: URL(filePath: log)), as: UTF8.self)
        guard status == 0 else { throw Failure(description: "\(words): wait status \(status): \(printed)") }
        return printed
    }
}
