package import Checkpoint
internal import Manifests
internal import Platform

/// `credentials.csv`: the one-time passwords of the customers' first administrators, which no service gives twice.
///
/// Lines are appended, never rewritten, and are on disk before anyone is told so. The mode is 0600 from the first byte.
/// What a crash left of a line is dealt with by the first call of the next run.
///
/// The contract's rule on formulas holds here too, passwords included: a cell that begins with `=`, `+`, `-`, `@`, tab or
/// CR, or with apostrophes and then one of these, has a `'` put before it. A spreadsheet would show `#NAME?` in place of
/// such a password, and lose it for good where the file is saved again. No two passwords are written alike, so a program
/// gets each exactly by taking one apostrophe off such a cell, as `FormulaGuard.release` does.
package actor CredentialsFile {
    private static let columns = ["customerId", "domain", "userName", "password"]
    private static let permissions: UInt32 = 0o600

    private let executor = QueueExecutor("credentials")
    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        unsafe executor.asUnownedSerialExecutor()
    }

    private let path: String
    private var file: File?
    /// The hashes of the customers that were on file when it was opened, sorted: 8 bytes a line.
    private var earlier: [UInt64] = []
    /// Why an earlier write failed: what the file holds since is uncertain, so nothing more is written in this run.
    private var failure: ReportError?

    /// Names the file; nothing is touched yet.
    ///
    /// - Parameter path: the file's path.
    package init(_ path: String) {
        self.path = path
    }

    /// Opens the file, and tells which credentials are not in it yet.
    ///
    /// To be called before anything is sent: it makes the file, and the folders above it, where they are missing, so that a
    /// place where no password can be kept is known in time. A last line that a crash cut short is cut off where it belongs
    /// to credentials that are not on file, else it is ended. What is said to be on file is on disk.
    ///
    /// - Parameter pending: credentials that may be on file or not.
    /// - Returns: those of them that are not, in their order; they are to be appended.
    /// - Throws: `ReportError` where the file can't be made, read or mended, or is something else.
    package func missing(from pending: [Credentials]) throws(ReportError) -> [Credentials] {
        let found = try ReportError.naming(path) { () throws(SystemError) in
            try Folder.make(Folder.parent(of: path))
            return try File(path, .update, permissions: Self.permissions)
        }
        guard try ReportError.naming(path, { () throws(SystemError) in try found.isRegular() }) else {
            throw ReportError(path: path, message: "passwords can't be kept there; name an ordinary file")
        }
        let lines = pending.map { Self.line($0) }
        var absent = Set(pending.map(\.customerId))
        var hashes: [UInt64] = []
        var scan = CredentialsScan(header: Self.header, keeping: lines.map(\.count).max() ?? 0)
        try ReportError.naming(path) { () throws(SystemError) in
            try scan.read(found) { customerId, _ in
                absent.remove(customerId)
                hashes.append(Self.hash(customerId))
            }
        }
        guard scan.isCredentialsFile else {
            throw ReportError(
                path: path,
                message: "not a credentials file: its first line is not \(Self.columns.joined(separator: ",")); "
                    + "move it away, or choose another place"
            )
        }
        try ReportError.naming(path) { () throws(SystemError) in try mend(found, by: scan.remedy(awaiting: lines)) }
        earlier = hashes.sorted()
        return pending.filter { absent.contains($0.customerId) }
    }

    /// Appends lines, one for each customer; they are on disk when this returns, after a single `fsync`.
    ///
    /// A line that is on file already, as of a run whose checkpoint was full or is lost, is not appended again.
    ///
    /// - Parameter credentials: customers' credentials.
    /// - Throws: `ReportError` where the lines can't be saved; every later call then throws the same.
    package func append(_ credentials: [Credentials]) throws(ReportError) {
        if let failure { throw failure }
        if file == nil { _ = try missing(from: []) }
        var lines: [UInt8] = []
        for each in credentials {
            let line = Self.line(each)
            if try !isOnFile(line, of: each.customerId) { lines += line }
        }
        if !lines.isEmpty { try save(lines) }
    }

    /// Whether a line was in the file when it was opened; part of one does not count.
    private func isOnFile(_ line: [UInt8], of customerId: String) throws(ReportError) -> Bool {
        guard Self.contains(Self.hash(customerId), in: earlier) else { return false }
        var isFound = false
        try scan(keeping: line.count + 1) { _, record in isFound = isFound || record == line }
        return isFound
    }

    private func scan(keeping length: Int, _ record: (String, [UInt8]) -> Void) throws(ReportError) {
        try ReportError.naming(path) { () throws(SystemError) in
            var scan = CredentialsScan(header: Self.header, keeping: length)
            try scan.read(try File(path, .read), record: record)
        }
    }

    private static func contains(_ hash: UInt64, in sorted: [UInt64]) -> Bool {
        var range = sorted[...]
        while !range.isEmpty {
            let middle = range.startIndex + range.count / 2
            if range[middle] == hash { return true }
            range = range[middle] < hash ? range[(middle + 1)...] : range[..<middle]
        }
        return false
    }

    /// FNV-1a.
    private static func hash(_ text: String) -> UInt64 {
        text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    }

    /// Protects the file, deals with what a crash left of a line, and opens it for what is to come.
    private func mend(_ found: borrowing File, by remedy: CredentialsScan.Remedy) throws(SystemError) {
        try found.setPermissions(Self.permissions)
        let file = try File(path, .append)
        if let length = remedy.cut { try found.truncate(to: length) }
        try file.write(remedy.added)
        try file.synchronize()
        try Folder.synchronize(Folder.parent(of: path))
        self.file = consume file
    }

    private func save(_ lines: [UInt8]) throws(ReportError) {
        do {
            try ReportError.naming(path) { () throws(SystemError) in try write(lines) }
            // Somebody may have moved it meanwhile: what is to be saved must not go with it.
            if try !putBackIfRemoved(), file?.isInPlace() == false {
                _ = try missing(from: [])
                try ReportError.naming(path) { () throws(SystemError) in try write(lines) }
            }
        } catch {
            failure = error
            throw error
        }
    }

    /// Puts the file back with every line that it had, where somebody has removed it since it was opened.
    ///
    /// Lines of a file that stands there now are not written again.
    ///
    /// - Throws: `ReportError` where it can't be made again.
    package func putBack() throws(ReportError) { _ = try putBackIfRemoved() }

    private func putBackIfRemoved() throws(ReportError) -> Bool {
        guard file?.isRemoved() == true, let lost = file.take() else { return false }
        var records: [(id: String, line: [UInt8])] = []
        try ReportError.naming(path) { () throws(SystemError) in
            try lost.rewind()
            var scan = CredentialsScan(header: Self.header, keeping: 1 << 16)
            try scan.read(lost) { records.append(($0, $1)) }
        }
        _ = try missing(from: [])
        let lines = records.filter { !Self.contains(Self.hash($0.id), in: earlier) }.flatMap(\.line)
        try ReportError.naming(path) { () throws(SystemError) in try write(lines) }
        return true
    }

    private func write(_ lines: [UInt8]) throws(SystemError) {
        let length = try file?.size() ?? 0
        do {
            try file?.write(lines)
        } catch {
            // What a full disk left of a line is taken back: nobody else's can have got on it behind that. Where even
            // that fails, the next run ends the line, and the first error is the one to tell.
            let rest = (try? file?.size()) ?? length
            if rest > length, rest < length + lines.count { try? file?.truncate(to: length) }
            throw error
        }
        try file?.synchronize()
    }

    private static let header = line(columns)

    private static func line(_ credentials: Credentials) -> [UInt8] {
        line([credentials.customerId, credentials.domain, credentials.userName, credentials.password.reveal()])
    }

    private static func line(_ cells: [String]) -> [UInt8] {
        var line: [UInt8] = []
        CSVWriter.append(cells, guarded: true, to: &line)
        return line
    }
}
