import Checkpoint
import Platform
import Reports

/// The manifest that the tests report on.
enum Sample {
    static let header = ["externalId", "companyName", "domain"]

    /// One row of every status, in the order in which the contract lists them.
    static let rows: [RowResult] = RowStatus.allCases.enumerated().map { index, status in
        row(index + 1, status, cells: ["crm-\(index + 1)", "Company \(index + 1)", "c\(index + 1).example"])
    }

    static let context = ReportContext(
        run: Run(
            id: "00000000-0000-4000-8000-000000000001",
            startedAt: Timestamp(milliseconds: 1000),
            endpoint: "https://service.example",
            apiVersion: "v1",
            retriesRejected: false
        ),
        end: RunEnd(exitCode: 1, at: Timestamp(milliseconds: 4000)),
        activity: RunActivity(
            slotMilliseconds: 1000,
            slots: [RunActivity.Slot(number: 0, created: 3, throttled: 1, other: 0)]
        ),
        version: "0.1.0"
    )

    static func row(_ number: Int, _ status: RowStatus, cells: [String]) -> RowResult {
        var row = RowResult(
            row: number,
            line: number + 1,
            cells: cells,
            status: status,
            domain: cells[2],
            companyName: cells[1]
        )
        switch status {
        case .created:
            row.customerId = "b3a5c1f0-0000-4000-8000-000000000001"
            row.idempotencyKey = "5f0c6a52-4c3b-5d5e-8d7a-2f6f1c0e9a11"
            row.httpStatus = 201
            row.attempts = 2
        case .unchanged: row.customerId = "b3a5c1f0-0000-4000-8000-000000000002"
        case .invalid:
            row.problem = Problem(
                code: "postalCode.pattern",
                field: "postalCode",
                message: "\"1234\" has 4 digits, not 5."
            )
        case .duplicate, .conflict: row.problem = Problem(code: "identity", message: "Row 1 is the same customer.")
        case .rejected:
            row.problem = Problem(code: "27002", field: "domain", message: "The domain is taken.")
            row.httpStatus = 409
            row.attempts = 1
        case .failed, .unknown:
            row.problem = Problem(code: "timeout", message: "No answer came.")
            row.attempts = 6
        case .pending, .ready: break
        }
        return row
    }

    /// A source that hands out rows a page at a time, as a checkpoint does.
    static func pages(_ rows: [RowResult]) -> RowPages {
        { after, limit in Array(rows.drop { $0.row <= after }.prefix(limit)) }
    }

    /// A customer's one-time credentials, told from others by a number.
    static func credentials(_ number: Int, password: String = "Pass word,1") -> Credentials {
        Credentials(
            customerId: "id-\(number)",
            domain: "c\(number).example",
            userName: "admin",
            password: Secret(password)
        )
    }
}

extension CredentialsFile {
    /// Appends one line.
    func append(_ credentials: Credentials) throws { try append([credentials]) }
}
