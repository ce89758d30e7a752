package import Platform
package import Reports

/// Puts away the manifests that an import is done with, each in a dated folder of its own together with its reports.
///
/// Nothing is ever written over. What is to be moved is on disk before the first move, in a file beside the checkpoint,
/// so that a run that is killed in between is carried on by the next one.
package actor ManifestArchive {
    /// What became of an import's manifests, and of what was found beside them.
    package struct Filing: Sendable {
        /// The folders of the manifests that were finished, by the manifest's path.
        package var archived: [String: String] = [:]
        /// The folders of those that can't be imported.
        package var setAside: [String: String] = [:]
        /// Those that wait for the next run, since a row of theirs is open.
        package var open: [String] = []
        /// Those that were written to or replaced while they were imported, and wait for the next run.
        package var changed: [String] = []
        /// Those that somebody took away while they were imported.
        package var missing: [String] = []
        /// What could not be put away; it is where it was.
        package var failures: [ReportError] = []
        /// Where the reports that were moved are now, by where they were.
        package var reports: [String: String] = [:]

        package init() {}
    }

    private let executor = QueueExecutor("purser.archive")
    private let folder: String
    /// The archive's folder as it was given.
    private let givenFolder: String
    private let journal: String
    private let now: @Sendable () -> Timestamp
    /// What this run has put away.
    private var filing = Filing()
    private var states: [String: FileState] = [:]
    /// The paths as they were given, by where they are from the root.
    private var given: [String: String] = [:]

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Makes an archive; nothing is touched yet.
    ///
    /// - Parameters:
    ///   - folder: the archive's folder; made if missing.
    ///   - checkpoint: the checkpoint's path; this run holds it.
    ///   - now: tells civil time.
    package init(
        folder: String,
        checkpoint: String,
        now: @escaping @Sendable () -> Timestamp = Timestamp.now
    ) {
        self.folder = Folder.absolute(folder)
        givenFolder = folder
        journal = Self.journal(of: checkpoint)
        self.now = now
    }

    /// Where it stands what was still to be moved, beside a checkpoint.
    ///
    /// - Parameter checkpoint: the checkpoint's path.
    /// - Returns: the path.
    package static func journal(of checkpoint: String) -> String { "\(checkpoint).archiving" }

    /// Sees to it that something can be put away before anything is sent, and carries on what an earlier run left.
    ///
    /// - Returns: what this run has put away so far.
    /// - Throws: `ReportError` where nothing can be written to the archive.
    package func prepare() throws -> Filing {
        do {
            try Folder.make(folder)
            _ = try ReplacementFile(Folder.join(folder, "archive"))
        } catch {
            throw ReportError(error, path: givenFolder)
        }
        let plan: ArchivePlan?
        do {
            plan = try ArchivePlan.load(journal)
        } catch {
            let advice = "what an earlier run was moving into the archive can't be read (\(error)); look at the "
            throw ReportError(path: journal, message: advice + "newest folders of \(folder), then remove this file")
        }
        if let plan { try perform(plan) }
        // What stands there in place of a manifest that was imported is this run's to take.
        filing.changed = []
        return filing
    }

    /// Says which files are meant: one that is another by the time it is put away has not been imported.
    ///
    /// - Parameter states: the manifests' states as they were selected, by path.
    package func expect(_ states: [String: FileState]) { self.states = states }

    /// Puts away the manifests that are finished or can't be imported; all others stay.
    ///
    /// - Parameter manifests: the manifests of a run, their reports written.
    /// - Returns: all that this run has put away; what went wrong is in it.
    package func file(_ manifests: [ManifestEnd]) -> Filing {
        do {
            let plan = try plan(manifests)
            if !plan.entries.isEmpty { try perform(plan) }
        } catch {
            filing.failures.append(failure(error))
        }
        return filing
    }

    /// Says on disk what is to be moved, each manifest to a new folder.
    func plan(_ manifests: [ManifestEnd]) throws -> ArchivePlan {
        var plan = ArchivePlan()
        for manifest in manifests {
            do {
                try add(manifest, to: &plan)
            } catch {
                filing.failures.append(failure(error))
            }
        }
        guard !plan.entries.isEmpty else { return plan }
        do {
            try plan.save(to: journal)
        } catch {
            for entry in plan.entries { Folder.removeEmpty(entry.folder) }
            throw error
        }
        return plan
    }

    private func failure(_ error: any Error) -> ReportError {
        guard let error = error as? SystemError else { return ReportError(path: givenFolder, message: "\(error)") }
        return ReportError(error, path: name(error.path))
    }

    /// Puts away a file whose name is no text, which no manifest can have.
    ///
    /// - Parameter path: the file's path.
    /// - Returns: what this run has put away so far; what went wrong is in it.
    package func setAside(_ path: UndecodablePath) -> Filing {
        let name = Folder.name(of: "\(path)")
        do {
            let target = try newFolder(for: name, in: setAsideFolder)
            // The folder stays where the file has come to it.
            defer { Folder.removeEmpty(target) }
            try FileMove.move(path, to: Folder.join(target, name))
            filing.setAside["\(path)"] = self.name(target)
            try write(
                "\(path): the name is not UTF-8; give the file another name, and drop it again\n",
                to: Folder.join(target, "reason.txt")
            )
        } catch {
            filing.failures.append(ReportError(error, path: "\(path)"))
        }
        return filing
    }

    private var setAsideFolder: String { Folder.join(folder, "set-aside") }

    private func add(_ manifest: ManifestEnd, to plan: inout ArchivePlan) throws {
        let path = manifest.path
        guard manifest.isFinished || manifest.fault != nil else { return filing.open.append(path) }
        guard let present = FileState(of: path) else { return filing.missing.append(path) }
        let state = states[path] ?? present
        guard present == state else { return filing.changed.append(path) }
        let parent = manifest.fault == nil ? folder : setAsideFolder
        let target = try newFolder(for: Folder.name(of: path), in: parent)
        plan.entries.append(
            ArchivePlan.Entry(
                folder: target,
                manifest: ArchivePlan.Move(place(of: path), to: target, as: state),
                reports: manifest.reports.compactMap { ArchivePlan.Move(place(of: $0), to: target) },
                reason: manifest.fault.map { "\($0)" }
            )
        )
    }

    /// The path from the root, for whoever carries the plan on from another folder; a link at the path itself is not
    /// followed.
    private func place(of path: String) -> String {
        let place = Folder.join(Folder.absolute(Folder.parent(of: path)), Folder.name(of: path))
        given[place] = path
        return place
    }

    /// Carries out a plan that is on disk, whether for the first time or again.
    private func perform(_ plan: ArchivePlan) throws {
        for entry in plan.entries where moveManifest(of: entry) { moveReports(of: entry) }
        try Folder.remove(journal)
        try Folder.synchronize(Folder.parent(of: journal))
    }

    /// The manifest is moved first: as long as it can't be, nothing of it is.
    ///
    /// - Returns: whether it is in the archive.
    private func moveManifest(of entry: ArchivePlan.Entry) -> Bool {
        let source = entry.manifest.source
        do {
            try Folder.make(entry.folder)
            let outcome = try entry.manifest.perform()
            if outcome == .changed { filing.changed.append(name(source)) }
            if outcome == .missing { filing.missing.append(name(source)) }
            if outcome != .done { Folder.removeEmpty(entry.folder) }
            guard outcome == .done else { return false }
        } catch {
            Folder.removeEmpty(entry.folder)
            let places = "\(Folder.parent(of: name(source))) and to \(givenFolder)"
            let message =
                "can't be moved to the archive: \(error.reason); see to it that this user may write to \(places)"
            filing.failures.append(ReportError(path: name(source), message: message))
            return false
        }
        if entry.reason == nil {
            filing.archived[name(source)] = name(entry.folder)
        } else {
            filing.setAside[name(source)] = name(entry.folder)
        }
        return true
    }

    private func moveReports(of entry: ArchivePlan.Entry) {
        do {
            if let reason = entry.reason { try write(reason + "\n", to: entry.reasonPath) }
        } catch {
            filing.failures.append(failure(error))
        }
        for report in entry.reports {
            do {
                if try report.perform() == .done { filing.reports[name(report.source)] = name(report.target) }
            } catch {
                filing.failures.append(failure(error))
            }
        }
    }

    /// A path as it was given, or as it is below the archive's folder as that was given.
    private func name(_ place: String) -> String {
        if let path = given[place] { return path }
        return place.hasPrefix("\(folder)/")
            ? Folder.join(givenFolder, String(place.dropFirst(folder.count + 1))) : place
    }

    /// Makes a folder that nobody has yet: `2026-11-21T230504Z-customers.csv`.
    private func newFolder(for name: String, in parent: String) throws(SystemError) -> String {
        try Folder.make(parent)
        let stamp = now().description.prefix(19).filter { $0 != ":" }
        // A folder's name may be as long as a file's, and this one is longer.
        let title = String(decoding: name.utf8.prefix(ManifestName.longest), as: UTF8.self).filter { $0 != "\u{FFFD}" }
        var number = 1
        while true {
            let path = Folder.join(parent, "\(stamp)Z-\(title)\(number > 1 ? "-\(number)" : "")")
            if try Folder.makeNew(path) {
                try Folder.synchronize(parent)
                return path
            }
            number += 1
        }
    }

    private func write(_ text: String, to path: String) throws(SystemError) {
        var file = try ReplacementFile(path)
        try file.write(text)
        try file.commit()
    }
}
