import Foundation
import Manifests
import Testing

@testable import Onboarding

/// Anyone must be able to compute a key again with a standard library: here Python's.
@Suite struct PythonAgreementTests {
    static let script = #"""
        import hashlib, json, sys, unicodedata, uuid
        for line in sys.stdin:
            cells = {k: unicodedata.normalize("NFC", v.strip()) for k, v in json.loads(line).items()}
            cells = {k: v for k, v in cells.items() if v}
            pick = lambda *names: {k: cells[k] for k in names if k in cells}
            address = pick("addressLine1", "addressLine2", "addressLine3", "city", "district", "state", "region",
                           "postalCode", "country", "phoneNumber", "firstName", "middleName", "lastName")
            request = {
                "companyProfile": pick("companyName", "domain", "organizationRegistrationNumber"),
                "billingProfile": {"defaultAddress": address,
                                   **pick("companyName", "email", "culture", "language", "firstName", "lastName")},
                **pick("associatedPartnerId"),
            }
            payload = json.dumps(request, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            identity = cells.get("externalId") or cells["domain"].lower()
            namespace = uuid.uuid5(uuid.NAMESPACE_URL, "https://partner.example.com/v1/customers")
            digest = hashlib.sha256(payload.encode()).hexdigest()
            print(uuid.uuid5(namespace, identity + "\n" + digest + "\n7"))
        """#

    static let pythons = ["/usr/bin/python3", "/usr/local/bin/python3"].filter(FileManager.default.isExecutableFile)

    @Test(.enabled(if: !pythons.isEmpty), .timeLimit(.minutes(1)))
    func pythonComputesTheSameKeys() throws {
        var random = SystemRandomNumberGenerator()
        // Small letters beside a Chinese one would be misread text.
        let scalars: [Unicode.Scalar] = [
            "A", "É", "E", "\u{301}", "\"", "\\", "/", " ", "ß", "中", "가", "😀", "\u{2126}",
        ]
        let rows = (0..<200).map { number in
            var row = goodRow
            for column in [Column.companyName, .addressLine1, .addressLine2, .city, .district, .middleName] {
                let text = (0..<8).map { _ in scalars[Int.random(in: 0..<scalars.count, using: &random)] }
                row[column] = "xx " + String(String.UnicodeScalarView(text))
            }
            row[.externalId] = number % 2 == 0 ? "crm-\(number)" : ""
            return row
        }
        let keys = IdempotencyKeys(endpoint: "https://partner.example.com", apiVersion: "v1")
        let ours = try rows.map { cells in
            let row = try prepare(cells)
            guard case .request(_, let digest) = row.verdict, let identity = row.identity else {
                return "\(row.findings)"
            }
            return keys.key(identity: identity, digest: digest, generation: 7)
        }
        #expect(try python(rows) == ours)
    }

    private func python(_ rows: [[Column: String]]) throws -> [String] {
        let lines = try rows.map { row in
            let cells = Dictionary(uniqueKeysWithValues: row.map { ($0.key.name, $0.value) })
            return String(decoding: try JSONEncoder().encode(cells), as: UTF8.self)
        }
        let process = Process()
        process.executableURL = URL(filePath: Self.pythons[0])
        process.arguments = ["-c", Self.script]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        // 200 short lines are more than a pipe holds, so they are written while the answers are read.
        let writer = Thread {
            input.fileHandleForWriting.write(Data((lines.joined(separator: "\n") + "\n").utf8))
            input.fileHandleForWriting.closeFile()
        }
        writer.start()
        let answer = try #require(try output.fileHandleForReading.readToEnd())
        process.waitUntilExit()
        return String(decoding: answer, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
