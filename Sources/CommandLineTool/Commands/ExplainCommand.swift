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
            number means a row of every manifest of the last run unless --manifest says which. A row that is invalid is
            found by its externalId, too.
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
        guard !found.contains(where: \.manifest.isOfLatestRun) else { return found }
        return found + (try await rowsThatCameNoFurther(name, manifests, checkpoint))
    }

    /// How many rows are read at a time, and how many are told at most.
    private static let (pageSize, mostRows) = (500, 100)

    /// The rows of the last run whose `externalId` it is, and that came no further than being read.
    ///
    /// The checkpoint knows those by their cells alone, so all are looked at.
    private func rowsThatCameNoFurther(
        _ name: String,
        _ manifests: [ManifestSummary],
        _ checkpoint: CheckpointReader
    ) async throws -> [RowHistory] {
        let settings = try CommonOptions.onboardingSettings(arguments)
        var found: [RowHistory] = []
        for manifest in manifests where manifest.isOfLatestRun {
            let columns = try ColumnMap(header: manifest.header, path: manifest.path, settings: settings)
            guard let position = columns.position(of: .externalId) else { continue }
            var last = 0
            while found.count < Self.mostRows {
                let page = try await checkpoint.rows(of: manifest.id, after: last, limit: Self.pageSize)
                for row in page where row.cells.indices.contains(position) && Self.isSame(row.cells[position], name) {
                    let reference = RowReference(manifest: manifest.id, row: row.row)
                    if let row = try await checkpoint.history(of: reference) { found.append(row) }
                }
                guard let end = page.last, page.count == Self.pageSize else { break }
                last = end.row
            }
        }
        return found
    }

    private static func isSame(_ cell: String, _ name: String) -> Bool {
        let words = cell.split(whereSeparator: \.isWhitespace)
        return words.joined(separator: " ").lowercased() == name.lowercased()
    }
}
