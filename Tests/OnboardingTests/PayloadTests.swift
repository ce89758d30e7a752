import Manifests
import Testing

@testable import Onboarding

/// Every vector is what Python makes of the contract:
/// `json.dumps(request, ensure_ascii=False, sort_keys=True, separators=(",", ":"))`, `hashlib.sha256`, `uuid.uuid5`.
struct Vector: Sendable {
    let row: [Column: String]
    let payload: String
    let digest: String
    let embeddedKey: String
    let key: String
    let thirdKey: String
}

let vectors = [
    Vector(
        row: [
            .externalId: "crm-1", .companyName: #"Bu\#u{308}cher "Südwind" \ Söhne"#,
            .domain: " Suedwind.onmicrosoft.com",
            .organizationRegistrationNumber: "12.345.678/0001-95", .email: "info@example.com", .firstName: "Zoë",
            .middleName: "Q.", .lastName: "Süd", .culture: "pt-BR", .language: "pt", .addressLine1: "Rua A, 1\nFundos",
            .addressLine2: "Bloco 2", .addressLine3: "Sala 3", .city: "São Paulo", .district: "Centro", .state: "SP",
            .region: "Sudeste", .postalCode: "01310-100", .country: "br", .phoneNumber: "+55 11 5555 0100",
            .associatedPartnerId: "4847383",
        ],
        payload: #"{"associatedPartnerId":"4847383","billingProfile":{"companyName":"Bücher \"Südwind\" \\ Söhne","#
            + #""culture":"pt-BR","defaultAddress":{"addressLine1":"Rua A, 1\nFundos","addressLine2":"Bloco 2","#
            + #""addressLine3":"Sala 3","city":"São Paulo","country":"BR","district":"Centro","firstName":"Zoë","#
            + #""lastName":"Süd","middleName":"Q.","phoneNumber":"+55 11 5555 0100","postalCode":"01310-100","#
            + #""region":"Sudeste","state":"SP"},"email":"info@example.com","firstName":"Zoë","language":"pt","#
            + #""lastName":"Süd"},"companyProfile":{"companyName":"Bücher \"Südwind\" \\ Söhne","#
            + #""domain":"Suedwind.onmicrosoft.com","organizationRegistrationNumber":"12.345.678/0001-95"}}"#,
        digest: "eaf3bd64df0732f3ae325fa8d5d733e9bb6908c1e982b5d66386d0200cbf34dc",
        embeddedKey: "e4e55773-2229-57f1-a49a-1a97d21ed073",
        key: "5a257c01-b604-563e-8650-ee4838c32ab7",
        thirdKey: "e1ef4bca-bab4-57d5-90dc-a512b6bdc075"
    ),
    Vector(
        row: [
            .externalId: "", .companyName: "山田電機", .domain: "yamada.onmicrosoft.com", .email: "a@example.jp",
            .firstName: "",
            .lastName: "", .culture: "ja-JP", .language: "ja", .addressLine1: "千代田1-1", .city: "千代田区", .state: "",
            .postalCode: "100-0001", .country: "JP", .phoneNumber: "",
        ],
        payload:
            #"{"billingProfile":{"companyName":"山田電機","culture":"ja-JP","defaultAddress":{"addressLine1":"千代田1-1","#
            + #""city":"千代田区","country":"JP","postalCode":"100-0001"},"email":"a@example.jp","language":"ja"},"#
            + #""companyProfile":{"companyName":"山田電機","domain":"yamada.onmicrosoft.com"}}"#,
        digest: "30cb6fdff6e64aec47bc2cc1c819a4ad8e8c5ae897809c226fe33a90a16c1789",
        embeddedKey: "a83c68d9-dab8-5f33-b713-ac55758b2d19",
        key: "28cddd91-8b53-5d68-b874-dbfe6e969f81",
        thirdKey: "28a89209-06f4-544e-8211-a454693f2193"
    ),
]

@Suite struct PayloadTests {
    @Test(arguments: vectors)
    func aPayloadIsCanonicalToTheByte(vector: Vector) throws {
        let row = try prepare(vector.row)
        #expect(row.findings.isEmpty)
        guard case .request(let payload, let digest) = row.verdict else {
            Issue.record("no request")
            return
        }
        #expect(payload == Array(vector.payload.utf8))
        #expect(String(decoding: digest.hexadecimal, as: UTF8.self) == vector.digest)
    }

    @Test func onlyTheRequiredEscapesAreWritten() throws {
        let columns = try ColumnMap(header: ["companyName"] + ColumnMapTests.required.dropFirst(), path: "m.csv")
        let text =
            String(String.UnicodeScalarView((0..<0x20).compactMap { Unicode.Scalar($0) })) + "/\u{7F}<é>\u{2028}😀"
        let cells = ["x" + text + "x"]
        let row = CheckedRow(Record(cells: cells, row: 1, line: 2), columns: columns, settings: OnboardingSettings())
        let escaped =
            #"x\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f\u0010\u0011\u0012\u0013"#
            + #"\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f/"# + "\u{7F}<é>\u{2028}😀x"
        let payload = String(decoding: CanonicalPayload.bytes(of: row), as: UTF8.self)
        #expect(
            payload == #"{"billingProfile":{"companyName":""# + escaped + #""},"companyProfile":{"companyName":""#
                + escaped
                + #""}}"#
        )
    }

    @Test func aRequestWithoutCellsIsAnEmptyObject() throws {
        let columns = try ColumnMap(header: ColumnMapTests.required, path: "m.csv")
        let row = CheckedRow(Record(cells: [], row: 1, line: 2), columns: columns, settings: OnboardingSettings())
        #expect(CanonicalPayload.bytes(of: row) == Array("{}".utf8))
    }

    @Test(arguments: vectors)
    func aKeyIsTheUUIDThatAnyoneCanCompute(vector: Vector) throws {
        let row = try prepare(vector.row)
        let identity = try #require(row.identity)
        guard case .request(_, let digest) = row.verdict else {
            Issue.record("no request")
            return
        }
        let embedded = IdempotencyKeys(endpoint: "http://embedded", apiVersion: "v1")
        #expect(embedded.key(identity: identity, digest: digest, generation: 0) == vector.embeddedKey)
        for endpoint in ["https://api.partnercenter.microsoft.com", "https://api.partnercenter.microsoft.com/"] {
            let keys = IdempotencyKeys(endpoint: endpoint, apiVersion: "v1")
            #expect(keys.key(identity: identity, digest: digest, generation: 0) == vector.key)
            #expect(keys.key(identity: identity, digest: digest, generation: 3) == vector.thirdKey)
        }
    }
}

@Suite struct PayloadDifferenceTests {
    @Test func theColumnsThatDifferAreNamedWithBothValues() throws {
        let created = try prepare([.phoneNumber: ""]).payload
        let present = try prepare([.city: "Tacoma", .companyName: String(repeating: "Alder ", count: 9)]).payload
        let difference = PayloadDifference.describe(created: Array(created.utf8), present: Array(present.utf8)) {
            $0 == .city ? "Ort" : $0.name
        }
        #expect(difference.field == "companyName, Ort, phoneNumber")
        #expect(
            difference.message
                == "the customer was created from other values: companyName was 'Alder & Finch Ltd' and is now "
                + "'Alder Alder Alder Alder Alder Alder Alde…'; Ort was 'Seattle' and is now 'Tacoma'; phoneNumber was empty "
                + "and is now '+1 206 555 0100'"
        )
    }

    @Test func aPayloadThatCantBeReadIsSaidToBeOne() throws {
        let present = Array(try prepare().payload.utf8)
        let unreadable = PayloadDifference.describe(created: Array("{\"a".utf8), present: present, title: \.name)
        #expect(unreadable.message.contains("can't be read"))
        let same = PayloadDifference.describe(created: present, present: present, title: \.name)
        #expect(same.message.contains("no column that is known"))
    }

    @Test func aDifferenceThatCantBeSeenIsShown() throws {
        let created = try prepare([.companyName: "Alder Finch"]).payload
        let present = try prepare([.companyName: "Alder\u{A0}Finch"]).payload
        let message = PayloadDifference.describe(
            created: Array(created.utf8),
            present: Array(present.utf8),
            title: \.name
        ).message
        #expect(message.hasSuffix("companyName was 'Alder Finch' and is now 'Alder<U+00A0>Finch'"))
    }
}
