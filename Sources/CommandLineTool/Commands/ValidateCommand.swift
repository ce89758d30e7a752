internal import Jobs
internal import Manifests
internal import Onboarding
internal import PartnerCenter
internal import Synchronization

/// `purser validate`: checks manifests without the network.
struct ValidateCommand: Command {
    static let specification = CommandSpecification(
        name: "validate",
        summary: "Check manifests with the rules that an import applies; nothing is sent.",
        operands: "MANIFEST...",
        operandCount: 1...Int.max,
        discussion: """
            Each finding is one line: FILE:LINE: COLUMN: error or warning: what is wrong (rule).
            The exit code is 0 where there is no error, else 1.
            """,
        options: [
            Option("format", "text|jsonl", "how findings are written to standard output", standard: "text"),
            Option("max-findings", "N", "write at most so many findings; all are counted"),
        ] + CommonOptions.onboarding
    )

    private enum Format: String, CaseIterable {
        case text, jsonl
    }

    let arguments: Arguments

    func run(_ console: Console) async throws -> ExitCode {
        let format = try arguments.choice("format", Format.self) ?? .text
        let limit = try arguments.integer("max-findings", in: 0...Int.max) ?? Int.max
        let written = Mutex(0)
        let job = ValidateJob(settings: try CommonOptions.onboardingSettings(arguments))
        let summary = try await job.run(CommonOptions.manifests(arguments, console)) { path, notice in
            console.report("\(path):\(notice.line): \(notice.message)")
        } found: { placed in
            let isWithinLimit = written.withLock { count in
                count += 1
                return count <= limit
            }
            guard isWithinLimit else { return }
            console.print(format == .text ? placed.text : try placed.json())
        }
        console.report(summary.text)
        return summary.errors == 0 ? .success : .needsAttention
    }
}

extension ValidateJob.PlacedFinding {
    /// The finding as a compiler would say it.
    fileprivate var text: String {
        let column = finding.column.isEmpty ? "" : " \(finding.column):"
        return "\(path):\(line):\(column) \(finding.severity.rawValue): \(finding.message) (\(finding.rule))"
    }

    /// The finding as one JSON object.
    fileprivate func json() throws -> String {
        let object = JSONFinding(
            file: path,
            row: row,
            line: line,
            column: finding.column,
            value: finding.value,
            severity: finding.severity.rawValue,
            rule: finding.rule,
            message: finding.message,
            suggestion: finding.suggestion
        )
        return String(decoding: try JSONWire.encode(object), as: UTF8.self)
    }
}

/// A finding with the member names that the contract gives it.
private struct JSONFinding: Encodable {
    let file: String
    let row: Int
    let line: Int
    let column: String
    let value: String
    let severity: String
    let rule: String
    let message: String
    let suggestion: String?
}

extension ValidateJob.Summary {
    /// The counts in a few lines, the most frequent rule first.
    fileprivate var text: String {
        let head = "rows: \(rows), with errors: \(rowsWithErrors); errors: \(errors), warnings: \(warnings)"
        let rules = findingsByRule.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        return ([head] + rules.map { "  \($0.value) × \($0.key)" }).joined(separator: "\n")
    }
}
