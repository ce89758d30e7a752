package import Platform

/// What is known of a run at its start.
package struct Run: Hashable, Sendable {
    /// The run's identifier, which is its `MS-CorrelationId`: a lower-case UUID.
    package var id: String
    package var startedAt: Timestamp
    /// The service's base URL without a trailing slash, and the version segment: customers are known per service.
    package var endpoint: String
    package var apiVersion: String
    /// Whether rows that the service rejected in an earlier run are tried again.
    package var retriesRejected: Bool

    package init(id: String, startedAt: Timestamp, endpoint: String, apiVersion: String, retriesRejected: Bool) {
        self.id = id
        self.startedAt = startedAt
        self.endpoint = endpoint
        self.apiVersion = apiVersion
        self.retriesRejected = retriesRejected
    }
}

/// Where a row stands.
package struct RowReference: Hashable, Sendable {
    package var manifest: ManifestID
    /// The record's number, from 1.
    package var row: Int

    package init(manifest: ManifestID, row: Int) {
        self.manifest = manifest
        self.row = row
    }

    /// That of a request without a row: no row has it.
    static let none = RowReference(manifest: ManifestID(rawValue: 0), row: 0)
}

/// One row of a manifest on its way in.
package struct Row: Hashable, Sendable {
    package var reference: RowReference
    /// The physical line where the record starts, from 1.
    package var line: Int
    /// The cells as read, in the header's order.
    package var cells: [String]
    /// As the manifest has them, for the reports.
    package var domain: String
    package var companyName: String
    /// Whose row it is; nil where the row names nobody.
    package var identity: Identity?
    package var content: Content
    /// What its report says whatever becomes of it, such as the cells that were repaired.
    package var note: String?
    /// What its manifest calls the columns.
    package var titles: ColumnTitles

    /// What a row asks for.
    package enum Content: Hashable, Sendable {
        /// It failed validation: never sent.
        case invalid(Problem)
        /// It names a customer that exists, by its id: never sent.
        case existing(customerId: String)
        /// It asks for a customer.
        case request(CreateRequest)

        /// What makes it invalid; nil where nothing does.
        var fault: Problem? {
            if case .invalid(let problem) = self { problem } else { nil }
        }
    }

    package init(
        reference: RowReference,
        line: Int,
        cells: [String],
        domain: String,
        companyName: String,
        identity: Identity?,
        content: Content,
        note: String? = nil,
        titles: ColumnTitles = ColumnTitles()
    ) {
        self.reference = reference
        self.line = line
        self.cells = cells
        self.domain = domain
        self.companyName = companyName
        self.identity = identity
        self.content = content
        self.note = note
        self.titles = titles
    }
}

/// Whose row it is (contract, section 5).
///
/// Two rows that share a domain are the same customer, whatever their names.
package struct Identity: Hashable, Sendable {
    /// The `externalId`, else the domain.
    package var name: String
    /// The domain in lower-case A-label form, where the row has one.
    package var domain: String?

    package init(name: String, domain: String?) {
        self.name = name
        self.domain = domain
    }
}

/// What would be sent for a row.
package struct CreateRequest: Hashable, Sendable {
    /// The canonical JSON.
    package var payload: [UInt8]
    /// The payload's SHA-256, 32 bytes.
    package var digest: [UInt8]

    package init(payload: [UInt8], digest: [UInt8]) {
        self.payload = payload
        self.digest = digest
    }
}

/// What is wrong with a row, as its report line tells it.
package struct Problem: Hashable, Sendable {
    /// The rule's or the service's code: `postalCode.pattern`, `27002`.
    package var code: String
    /// The column or the service's member at fault; empty where there is none.
    package var field: String
    /// What is wrong and what to do.
    package var message: String
    /// What the problem is made of, where that is more than one thing; else empty.
    package var parts: [Part]

    /// One of several things that are wrong with a row.
    package struct Part: Hashable, Sendable {
        /// The column at fault; empty where there is none.
        package var field: String
        /// What is wrong there and what to do.
        package var message: String

        package init(field: String, message: String) {
            self.field = field
            self.message = message
        }
    }

    package init(code: String, field: String = "", message: String, parts: [Part] = []) {
        self.code = code
        self.field = field
        self.message = message
        self.parts = parts.count > 1 ? parts : []
    }
}

/// What a row's state is at the end of a run (contract, section 5).
package enum RowStatus: String, CaseIterable, Hashable, Sendable {
    case created, unchanged, invalid, duplicate, conflict, rejected, failed, unknown, pending
    /// In a dry run: it would be sent.
    case ready

    /// Whether the row is done and nobody has to look at it.
    package var isSettledWell: Bool { self == .created || self == .unchanged }

    /// Whether running again, with nothing corrected, goes on with the row.
    package var isOpen: Bool { self == .failed || self == .unknown || self == .pending }
}

/// One line of the results.
package struct RowResult: Hashable, Sendable {
    /// The record's number, from 1.
    package var row: Int
    package var line: Int
    package var cells: [String]
    package var status: RowStatus
    package var customerId: String?
    package var domain: String
    package var companyName: String
    package var idempotencyKey: String?
    /// The last answer's status in the run that settled the row; nil where none came or nothing was sent.
    package var httpStatus: Int?
    /// The attempts of this run.
    package var attempts: Int
    package var problem: Problem?

    package init(row: Int, line: Int, cells: [String], status: RowStatus, domain: String, companyName: String) {
        self.row = row
        self.line = line
        self.cells = cells
        self.status = status
        self.domain = domain
        self.companyName = companyName
        attempts = 0
    }
}

/// A customer's one-time credentials, on their way to the credentials file.
package struct Credentials: Hashable, Sendable {
    package var customerId: String
    package var domain: String
    package var userName: String
    package var password: Secret

    package init(customerId: String, domain: String, userName: String, password: Secret) {
        self.customerId = customerId
        self.domain = domain
        self.userName = userName
        self.password = password
    }
}
