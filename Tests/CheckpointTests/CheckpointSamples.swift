import Foundation
import Platform
import TestSupport

@testable import Checkpoint

/// Keys and differences that a test can read.
struct ReadableRules: RequestRules {
    func idempotencyKey(identity: String, digest: [UInt8], generation: Int) -> String {
        "\(identity)/\(digest[0])/\(generation)"
    }

    func difference(created: [UInt8], present: [UInt8], titles: ColumnTitles) -> Problem {
        let texts = [created, present].map { String(decoding: $0, as: UTF8.self) }
        return Problem(code: "payload.differs", field: titles["city"], message: "\(texts[0]), now \(texts[1])")
    }
}

extension CreateRequest {
    /// A request whose digest is told by the version alone.
    static func version(_ version: UInt8, domain: String = "a.example") -> CreateRequest {
        CreateRequest(payload: Array("\(domain) v\(version)".utf8), digest: [UInt8](repeating: version, count: 32))
    }
}

extension Identity {
    static func named(_ name: String, domain: String? = nil) -> Identity {
        Identity(name: name, domain: domain ?? name)
    }
}

/// The rows of one manifest in the making, numbered in order.
struct SampleManifest {
    var id: ManifestID

    func row(_ number: Int, _ identity: Identity?, _ content: Row.Content) -> Row {
        Row(
            reference: RowReference(manifest: id, row: number),
            line: number + 1,
            cells: ["\(number)", identity?.name ?? ""],
            domain: identity?.domain ?? "",
            companyName: "Company \(number)",
            identity: identity,
            content: content
        )
    }

    /// A row that asks for a customer; its payload has its domain.
    func row(_ number: Int, _ name: String, domain: String? = nil, version: UInt8 = 1) -> Row {
        row(
            number,
            .named(name, domain: domain),
            .request(.version(version, domain: domain ?? name))
        )
    }
}

/// A checkpoint in a folder of its own, and the runs on it.
struct SampleCheckpoint {
    let folder: TemporaryFolder
    var path: String { folder("a.checkpoint") }

    init() throws { folder = try TemporaryFolder() }

    func open() async throws -> SQLiteCheckpoint {
        try await SQLiteCheckpoint(path: path, rules: ReadableRules(), groupWait: .zero)
    }

    /// One run with one manifest, ended and closed in order.
    @discardableResult
    func run<Result>(
        retriesRejected: Bool = false,
        endpoint: String = "https://service.example",
        _ body: (SQLiteCheckpoint, SampleManifest) async throws -> Result
    ) async throws -> Result {
        let checkpoint = try await open()
        let manifest = try await checkpoint.start(retriesRejected: retriesRejected, endpoint: endpoint)
        let result = try await body(checkpoint, manifest)
        try await checkpoint.end(RunEnd(exitCode: 0, at: Timestamp(milliseconds: 2000)))
        try await checkpoint.close()
        return result
    }

    /// The files in the folder and their bytes.
    func files() throws -> [String: Data] {
        var files: [String: Data] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            files[name] = try Data(contentsOf: URL(filePath: folder(name)))
        }
        return files
    }
}

extension SQLiteCheckpoint {
    func start(
        retriesRejected: Bool = false,
        endpoint: String = "https://service.example",
        manifest: String = "/in/a.csv"
    ) async throws -> SampleManifest {
        let run = Run(
            id: "00000000-0000-4000-8000-000000000001",
            startedAt: Timestamp(milliseconds: 1000),
            endpoint: endpoint,
            apiVersion: "v1",
            retriesRejected: retriesRejected
        )
        try await begin(run)
        return SampleManifest(id: try await open(manifest: manifest, header: ["id", "name"]))
    }

    /// Admits one row.
    func admit(_ row: Row, mode: AdmissionMode = .send) async throws -> Admission {
        try await admit([row], mode: mode)[0]
    }

    /// The result of a manifest's row.
    func result(_ manifest: SampleManifest, _ row: Int) async throws -> RowResult? {
        try await rows(of: manifest.id, after: row - 1, limit: 1).first
    }

    /// Admits a row and records what became of it.
    func create(_ row: Row, customerId: String) async throws {
        guard case .send(let submission) = try await admit(row) else { return }
        let result = Outcome.Result.created(customerId: customerId, credentials: nil, note: nil)
        try await record(Outcome(result, httpStatus: 201, attempts: 1), of: submission)
    }
}

extension Admission {
    /// What is to be sent, where something is.
    var submission: Submission? {
        if case .send(let submission) = self { submission } else { nil }
    }
}

extension Problem {
    static let refusal = Problem(code: "27002", field: "domain", message: "no")
    static let timeout = Problem(code: "timeout", message: "no answer")
}
