internal import Checkpoint
internal import Onboarding
internal import Platform

/// `purser explain`: one row's life.
struct ExplainCommand: Command {
    static let specification = CommandSpecification(
        name: "explain",
        summary: "Tell one row's life: its cells, its request, its key, every attempt, and the outcome.",
        operands: "ROW",
        operandCount: 1...1,
        discussion: """
            ROW is a row's number, an externalId, a domain or a customer's id. Where several rows fit, all are told; a
            number means a row of every manifest of the last run unless --manifest says which.
            """,
        options: [
            CommonOptions.job, CommonOptions.checkpoint,
            Option("manifest", "FILE", "the manifest that the row is of", standard: "those of the last run"),
        ]
    )

    let arguments: Arguments

    func run(_ console: Console) async throws -> ExitCode {
        let name = arguments.operands[0]
        let checkpoint = try await CommonOptions.checkpointReader(arguments)
        return try await closing({ await checkpoint.close() }) {
            let manifests = try await chosenManifests(checkpoint)
            let rows = try await rows(name, manifests, checkpoint)
            guard !rows.isEmpty else {
                let path = CommonOptions.checkpointPath(arguments)
                console.report("purser: \(path): no row fits '\(Text.visible(name, limit: 60))'; see purser status")
                return .needsAttention
            }
            let settings = try CommonOptions.onboardingSettings(arguments)
            for (index, row) in rows.enumerated() {
                if index > 0 { console.print("") }
                console.write(try RowExplanation(row, settings: settings).text)
            }
            return .success
        }
    }

    private func chosenManifests(_ checkpoint: CheckpointReader) async throws -> [ManifestSummary] {
        let manifests = try await checkpoint.manifests()
        guard let path = arguments.value("manifest") else { return manifests }
        let location = Folder.absolute(path)
        let chosen = manifests.filter { $0.path == location }
        guard chosen.isEmpty else { return chosen }
        let known = manifests.map(\.path).joined(separator: ", ")
        throw UsageError("--manifest \(path): no run on this checkpoint has read it; it knows \(known)")
    }

    /// The rows that a number or a name means; a number that names no row may still be somebody's `externalId`.
    private func rows(
        _ name: String,
        _ manifests: [ManifestSummary],
        _ checkpoint: CheckpointReader
    ) async throws -> [RowHistory] {
        var found: [RowHistory] = []
        if let number = Int(name), (1...Int(UInt32.max)).contains(number) {
            for manifest in manifests where manifest.isOfLatestRun || arguments.value("manifest") != nil {
                let reference = RowReference(manifest: manifest.id, row: number)
                if let row = try await checkpoint.history(of: reference) { found.append(row) }
            }
        }
        guard found.isEmpty else { return found }
        for reference in try await checkpoint.find(name)
        where manifests.contains(where: { $0.id == reference.manifest }) {
            if let row = try await checkpoint.history(of: reference) { found.append(row) }
        }
        return found
    }
}
