internal import Checkpoint
internal import PartnerCenter
internal import Platform

/// `purser status`: what the checkpoint holds.
struct StatusCommand: Command {
    static let specification = CommandSpecification(
        name: "status",
        summary: "Tell what the checkpoint holds: the last run, counts by status, the oldest open row.",
        discussion: """
            It may be asked while an import is under way. A row is open where another run must go on with it: failed,
            unknown or pending.
            """,
        options: [
            CommonOptions.job, CommonOptions.checkpoint,
            Option("format", "text|json", "for a person, or one JSON object for a program", standard: "text"),
        ]
    )

    private enum Format: String, CaseIterable {
        case text, json
    }

    let arguments: Arguments

    func run(_ console: Console) async throws -> ExitCode {
        let format = try arguments.choice("format", Format.self) ?? .text
        let checkpoint = try await CommonOptions.checkpointReader(arguments)
        return try await closing({ await checkpoint.close() }) {
            let status = try await CheckpointStatus(CommonOptions.checkpointPath(arguments), checkpoint)
            switch format {
            case .text: console.write(status.text)
            case .json: console.write(JSONWire.write(status.json) + [UInt8(ascii: "\n")])
            }
            return .success
        }
    }
}

/// What a checkpoint holds, gathered for a person or a program.
private struct CheckpointStatus {
    /// A manifest with its rows.
    struct Manifest {
        var summary: ManifestSummary
        var counts: [RowStatus: Int]
        var oldestOpen: OpenRow?
        var rows: Int { counts.values.reduce(0, +) }
    }

    let path: String
    let run: RunSummary?
    let manifests: [Manifest]
    let pendingCredentials: Int
    let openRequestsWithoutRow: [(endpoint: String, count: Int)]

    init(_ path: String, _ checkpoint: CheckpointReader) async throws {
        self.path = path
        run = try await checkpoint.latestRun()
        pendingCredentials = try await checkpoint.pendingCredentialCount()
        openRequestsWithoutRow = try await checkpoint.openRequestsWithoutRow()
        var manifests: [Manifest] = []
        for summary in try await checkpoint.manifests() {
            let counts = try await checkpoint.counts(of: summary.id)
            let hasOpen = counts.contains { $0.key.isOpen && $0.value > 0 }
            let oldest = hasOpen ? try await checkpoint.oldestOpenRow(of: summary.id) : nil
            manifests.append(Manifest(summary: summary, counts: counts, oldestOpen: oldest))
        }
        self.manifests = manifests
    }

    /// The open row that was sent first, else the first one.
    private var oldestOpen: (manifest: Manifest, row: OpenRow)? {
        let open = manifests.compactMap { manifest in manifest.oldestOpen.map { (manifest, $0) } }
        let sent = open.filter { $0.1.since != nil }
        return sent.min { ($0.1.since?.milliseconds ?? 0) < ($1.1.since?.milliseconds ?? 0) } ?? open.first
    }

    var text: String {
        var lines = ["checkpoint  \(path)"]
        if let run {
            lines.append("service     \(run.run.endpoint)/\(run.run.apiVersion)")
            lines.append("last run    \(run.run.id), from \(run.run.startedAt) \(Self.ending(run.end))")
        }
        lines += table
        if let (manifest, row) = oldestOpen {
            let since = row.since.map { ", first sent at \($0)" } ?? ""
            let problem = row.problem.map { ": \($0.message)" } ?? ""
            lines.append(
                "oldest open row: \(manifest.summary.path):\(row.line): row \(row.reference.row) is "
                    + "\(row.status.rawValue)\(since)\(problem)"
            )
        }
        for (endpoint, count) in openRequestsWithoutRow {
            let requests = count == 1 ? "1 request is" : "\(count) requests are"
            lines.append(
                "\(requests) open that no row stands for any more; the next import into \(endpoint) settles what it can"
            )
        }
        if pendingCredentials > 0 {
            let noun = pendingCredentials == 1 ? "password is" : "passwords are"
            lines.append("\(pendingCredentials) one-time \(noun) not on file yet; run the import again to save them")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func ending(_ end: RunEnd?) -> String {
        guard let end else { return "on; it is under way, or was killed" }
        return "to \(end.time), exit code \(end.exitCode)" + (end.stopReason.map { ": \($0)" } ?? "")
    }

    /// The manifests' counts, with a column for each status that occurs.
    private var table: [String] {
        guard !manifests.isEmpty else { return ["no manifest was read yet"] }
        let statuses = RowStatus.allCases.filter { status in manifests.contains { $0.counts[status] ?? 0 > 0 } }
        let header = ["rows"] + statuses.map(\.rawValue) + ["manifest"]
        let rows = manifests.map { manifest in
            ["\(manifest.rows)"] + statuses.map { "\(manifest.counts[$0] ?? 0)" }
                + [manifest.summary.path + (manifest.summary.isOfLatestRun ? "" : " (an earlier run's)")]
        }
        let widths = header.indices.map { index in ([header] + rows).map { $0[index].count }.max() ?? 0 }
        return ([header] + rows).map { row in
            row.enumerated().map { index, cell in
                index == row.count - 1 ? cell : String(repeating: " ", count: widths[index] - cell.count) + cell
            }.joined(separator: "  ")
        }
    }

    var json: JSONValue {
        .object([
            JSONMember(name: "checkpoint", value: .string(path)),
            JSONMember(name: "run", value: run.map(Self.json) ?? .null),
            JSONMember(name: "manifests", value: .array(manifests.map(Self.json))),
            JSONMember(name: "oldestOpenRow", value: oldestOpen.map { Self.json($0.manifest, $0.row) } ?? .null),
            JSONMember(
                name: "openRequestsWithoutRow",
                value: .number("\(openRequestsWithoutRow.reduce(0) { $0 + $1.count })")
            ),
            JSONMember(name: "pendingCredentials", value: .number("\(pendingCredentials)")),
        ])
    }

    private static func json(_ run: RunSummary) -> JSONValue {
        .object([
            JSONMember(name: "id", value: .string(run.run.id)),
            JSONMember(name: "endpoint", value: .string(run.run.endpoint)),
            JSONMember(name: "apiVersion", value: .string(run.run.apiVersion)),
            JSONMember(name: "startedAt", value: .string("\(run.run.startedAt)")),
            JSONMember(name: "endedAt", value: run.end.map { .string("\($0.time)") } ?? .null),
            JSONMember(name: "exitCode", value: run.end.map { .number("\($0.exitCode)") } ?? .null),
            JSONMember(name: "stopReason", value: run.end?.stopReason.map { .string($0) } ?? .null),
        ])
    }

    private static func json(_ manifest: Manifest) -> JSONValue {
        let counts = RowStatus.allCases.map { status in
            JSONMember(name: status.rawValue, value: .number("\(manifest.counts[status] ?? 0)"))
        }
        return .object([
            JSONMember(name: "path", value: .string(manifest.summary.path)),
            JSONMember(name: "isOfLatestRun", value: .bool(manifest.summary.isOfLatestRun)),
            JSONMember(name: "rows", value: .number("\(manifest.rows)")),
            JSONMember(name: "counts", value: .object(counts)),
        ])
    }

    private static func json(_ manifest: Manifest, _ row: OpenRow) -> JSONValue {
        .object([
            JSONMember(name: "manifest", value: .string(manifest.summary.path)),
            JSONMember(name: "row", value: .number("\(row.reference.row)")),
            JSONMember(name: "line", value: .number("\(row.line)")),
            JSONMember(name: "status", value: .string(row.status.rawValue)),
            JSONMember(name: "since", value: row.since.map { .string("\($0)") } ?? .null),
            JSONMember(name: "message", value: row.problem.map { .string($0.message) } ?? .null),
        ])
    }
}
