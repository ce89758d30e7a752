internal import Checkpoint
internal import Jobs
internal import Manifests
internal import Platform

/// An import's manifests where they are dropped into a folder, and move to an archive once they are done with.
struct ImportInbox: Sendable {
    /// The manifests of this run, and what waits for the next one.
    struct Intake: Sendable {
        var selection = InboxWatch.Selection()
        /// What an earlier run left, and what can't be a manifest.
        var filing = ManifestArchive.Filing()
    }

    let archive: ManifestArchive
    private let watch: InboxWatch
    private let job: JobFile
    private let checkpoint: String
    /// The files that the job itself needs, from the root.
    private let own: Set<String>
    private let reports: String

    /// Makes an inbox; nil where the manifests stay where they are: as typed, without an archive, in a rehearsal.
    ///
    /// - Parameter arguments: the command's arguments.
    /// - Throws: `InputError` where the manifests' folder can't be read, or a file that the job needs would be taken
    ///   for a manifest.
    init?(_ arguments: Arguments) throws(InputError) {
        guard arguments.takesFromJob, let job = arguments.job, let folder = job.archive, !arguments.flag("dry-run")
        else {
            return nil
        }
        self.job = job
        checkpoint = CommonOptions.checkpointPath(arguments)
        archive = ManifestArchive(folder: folder, checkpoint: checkpoint)
        watch = InboxWatch(interval: job.stableFor)
        try Self.checkFolders(job)
        own = Self.ownFiles(arguments, job, checkpoint)
        reports = CommonOptions.reportsFolder(arguments)
        try check(arguments.operands)
    }

    /// Whether there is nothing to do: no manifest, and nothing that an earlier run left.
    func isIdle(_ arguments: Arguments) -> Bool {
        arguments.operands.isEmpty && job.findUndecodable().isEmpty
            && !Folder.exists(ManifestArchive.journal(of: checkpoint))
    }

    /// Takes the manifests that are whole; this run holds the checkpoint by now, so that nobody else takes them.
    ///
    /// - Returns: the manifests, and what is to be told of others.
    /// - Throws: `ReportError` where the archive can't be written, `InputError` where a file of the job's own would be
    ///   taken.
    func take() async throws -> Intake {
        var intake = Intake()
        intake.filing = try await archive.prepare()
        for path in job.findUndecodable() { intake.filing = await archive.setAside(path) }
        // The checkpoint may be there only now.
        let paths = job.findManifests()
        try check(paths)
        intake.selection = try await watch.select(paths)
        await archive.expect(intake.selection.states)
        return intake
    }

    /// A folder that is not there, or not now, must not look like one that nothing was dropped into.
    private static func checkFolders(_ job: JobFile) throws(InputError) {
        for folder in job.manifestFolders {
            do {
                _ = try File(folder, .read)
            } catch {
                let advice = "make the folder that $.manifests names, mount it, or let this user read it"
                throw InputError(description: "\(error); \(advice)", isConfiguration: false)
            }
        }
    }

    private static func ownFiles(_ arguments: Arguments, _ job: JobFile, _ checkpoint: String) -> Set<String> {
        let options = ["credentials", "token-file", "ca-file", "seal-for", RunRecord.option.name]
        let lists = options.compactMap(arguments.value)
        let files = [job.path] + (job.auth?.files ?? []) + lists.flatMap { $0.split(separator: ",").map(String.init) }
        return Set((files + CommonOptions.checkpointFiles(checkpoint)).map(Folder.absolute))
    }

    /// A pattern that is too wide must not carry the job's own files away.
    private func check(_ paths: [String]) throws(InputError) {
        for path in paths where own.contains(Folder.absolute(path)) || Folder.holds(reports, path) {
            let advice =
                "would be taken for a manifest of $.manifests, but belongs to the job itself; give the "
                + "manifests a folder of their own"
            throw InputError(description: "\(path): \(advice)", isConfiguration: true)
        }
    }
}
