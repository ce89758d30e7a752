internal import Foundation

/// Certificates that are made for a test by the `openssl` program, with the keys that open what is sealed for them.
package struct Certificates {
    /// The program's name, by which it is found.
    private static let program = "/usr/bin/env"
    private let folder: TemporaryFolder

    /// Makes certificates in a folder.
    ///
    /// - Parameter folder: where they and their keys are put.
    package init(in folder: TemporaryFolder) { self.folder = folder }

    /// Makes a certificate that signs itself, and its key: `NAME.pem` and `NAME.key`.
    ///
    /// - Parameters:
    ///   - name: its name.
    ///   - key: the kind of key, as `openssl req -newkey` takes it.
    ///   - options: more options of `openssl req`.
    /// - Returns: the certificate's path.
    /// - Throws: `Failure` where openssl fails.
    @discardableResult
    package func make(_ name: String, key: [String] = ["rsa:2048"], options: [String] = []) throws -> String {
        let files = ["-keyout", folder("\(name).key"), "-out", folder("\(name).pem")]
        let subject = ["-nodes", "-subj", "/CN=\(name)", "-days", "30"]
        _ = try run(["req", "-x509", "-newkey"] + key + subject + files + options)
        return folder("\(name).pem")
    }

    /// Opens a sealed password as a person would.
    ///
    /// - Parameters:
    ///   - sealed: the cell of the credentials file, without what it begins with.
    ///   - name: whose key it is opened with.
    /// - Returns: the password.
    /// - Throws: `Failure` where openssl can't open it.
    package func open(_ sealed: String, with name: String) throws -> String {
        let file = folder("sealed-\(UUID().uuidString).der")
        try (Data(base64Encoded: sealed) ?? Data()).write(to: URL(filePath: file))
        defer { try? FileManager.default.removeItem(atPath: file) }
        return try run(["cms", "-decrypt", "-inform", "DER", "-in", file, "-inkey", folder("\(name).key")])
    }

    /// Runs openssl.
    ///
    /// - Parameter arguments: its arguments.
    /// - Returns: what it printed.
    /// - Throws: `Failure` where it fails.
    package func run(_ arguments: [String]) throws -> String {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: Self.program)
        process.arguments = ["openssl"] + arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(description: "openssl \(arguments) failed") }
        return String(decoding: data, as: UTF8.self)
    }

    /// Why openssl did not do what it was to do.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }
}
