internal import Checkpoint
internal import Onboarding
internal import Platform

/// What `purser explain` says of one row.
struct RowExplanation {
    private let row: RowHistory
    private let settings: OnboardingSettings

    /// Prepares the text.
    ///
    /// - Parameters:
    ///   - row: all that the checkpoint knows of it.
    ///   - settings: what else its manifest's columns are called, and what empty cells stand for.
    init(_ row: RowHistory, settings: OnboardingSettings) {
        self.row = row
        self.settings = settings
    }

    /// The text: several sections, each line ended.
    var text: String {
        get throws {
            let result = row.result
            var lines = ["\(row.manifest.path):\(result.line): row \(result.row): \(result.status.rawValue)"]
            lines += ["", "cells as read"] + table(cells)
            if let request = row.request {
                let changes = try changes(in: request)
                let title = isConflict ? "created from other values than are read now" : "sent otherwise than read"
                if !changes.isEmpty { lines += ["", title] + table(changes) }
                lines += ["", isConflict ? "request that created the customer" : "request"] + requestLines(request)
                lines += ["", "idempotency key"] + keyLines(request)
                lines += ["", "attempts"] + attemptLines(request)
            } else {
                lines += ["", "request", "  none: the row never came so far"]
            }
            lines += ["", "outcome"] + outcomeLines
            return lines.map { $0 + "\n" }.joined()
        }
    }

    /// Whether the request is not the row's, but the one that its customer was created with.
    private var isConflict: Bool { row.result.status == .conflict }

    private var cells: [(String, String)] {
        row.result.cells.enumerated().compactMap { index, cell in
            guard !cell.isEmpty else { return nil }
            let header = row.manifest.header
            let title = header.indices.contains(index) ? header[index] : "column \(index + 1)"
            return (Text.visible(title), Text.visible(cell))
        }
    }

    /// The cells whose values the request has otherwise: normalised, repaired, or a default for an empty one.
    private func changes(in request: RequestHistory) throws -> [(String, String)] {
        guard let sent = SentRequest(payload: request.payload) else { return [] }
        let columns = try ColumnMap(header: row.manifest.header, path: row.manifest.path, settings: settings)
        return Column.requests.compactMap { column in
            let position = columns.position(of: column)
            let cell = position.flatMap { row.result.cells.indices.contains($0) ? row.result.cells[$0] : nil } ?? ""
            guard !column.paths.isEmpty else { return nil }
            let value = sent.value(of: column) ?? ""
            guard !Array(cell.utf8).elementsEqual(value.utf8) else { return nil }
            let change = isConflict ? "was \(shown(value)), and is now" : "\(shown(cell)) is sent as"
            return (columns.title(of: column), "\(change) \(shown(isConflict ? cell : value))")
        }
    }

    private func shown(_ text: String) -> String { text.isEmpty ? "an empty cell" : "'\(Text.visible(text))'" }

    private func requestLines(_ request: RequestHistory) -> [String] {
        [
            "  POST \(keys(request).namespaceName)",
            "  \(Text.visible(String(decoding: request.payload, as: UTF8.self)))",
        ]
    }

    private func keys(_ request: RequestHistory) -> IdempotencyKeys {
        IdempotencyKeys(endpoint: request.endpoint, apiVersion: request.apiVersion)
    }

    private func keyLines(_ request: RequestHistory) -> [String] {
        let keys = keys(request)
        let identity = CustomerIdentity(name: request.identity, domain: nil)
        let key = keys.key(identity: identity, digest: request.digest, generation: request.generation)
        let digest = String(decoding: request.digest.hexadecimal, as: UTF8.self)
        var lines = table([
            ("identity", Text.visible(request.identity)),
            ("SHA-256", digest),
            ("generation", "\(request.generation)"),
            ("namespace", "UUIDv5(NAMESPACE_URL, \"\(keys.namespaceName)\") = \(keys.namespaceText)"),
            ("key", "UUIDv5(namespace, identity\\nSHA-256\\ngeneration) = \(key)"),
        ])
        // A refusal has raised the generation: the next request will have the key above.
        if key != request.key { lines += table([("last sent", request.key)]) }
        return lines
    }

    private func attemptLines(_ request: RequestHistory) -> [String] {
        guard !request.attempts.isEmpty else { return ["  none was made"] }
        var lines: [String] = []
        var run = ""
        for each in request.attempts {
            if each.run != run {
                run = each.run
                lines.append("  run \(run) (MS-CorrelationId)")
            }
            let attempt = each.attempt
            let status = attempt.httpStatus.map { "HTTP \($0), " } ?? ""
            lines.append(
                "    \(attempt.number). \(attempt.startedAt): \(status)\(attempt.outcome) after "
                    + "\(milliseconds(attempt.duration)), having waited \(milliseconds(attempt.wait)); "
                    + "generation \(each.generation), MS-CV \(attempt.correlationVector)"
            )
        }
        return lines
    }

    private func milliseconds(_ duration: Duration) -> String { "\(Int64(duration / .milliseconds(1))) ms" }

    private var outcomeLines: [String] {
        let result = row.result
        var facts = [("status", result.status.rawValue)]
        if let id = result.customerId { facts.append(("customerId", id)) }
        if let key = result.idempotencyKey { facts.append(("key", key)) }
        if let status = result.httpStatus { facts.append(("HTTP status", "\(status)")) }
        if let problem = result.problem {
            facts.append(("code", problem.code))
            if !problem.field.isEmpty { facts.append(("field", problem.field)) }
            facts.append(("message", Text.visible(problem.message)))
        }
        return table(facts)
    }

    private func table(_ facts: [(String, String)]) -> [String] {
        let width = facts.map(\.0.count).max() ?? 0
        return facts.map { name, value in
            "  \(name)\(String(repeating: " ", count: width - name.count))  \(value)"
        }
    }
}
