import Foundation
import PartnerCenter
import Testing

/// A value of everything that an encoder meets.
private struct Everything: Codable, Equatable {
    var text = "a\"\\/\u{8}\u{C}\n\r\t\u{1}\u{1F}\u{7F}é회😀"
    var empty = ""
    var truth = true
    var number = -42
    var large = UInt64.max
    var small = Int8.min
    var fraction = 0.1
    var whole = 3.0
    var float: Float = 1.5
    var nothing: String?
    var list = [1, 2, 3]
    var lists = [["a"], []]
    var map = ["z": 1, "a": 2]
    var date = Date(timeIntervalSinceReferenceDate: 5)
    var choice = Choice.second
    var nested = [Nested(), Nested()]

    enum Choice: String, Codable { case first, second }
    struct Nested: Codable, Equatable { var inner: Int? = 1 }
}

/// Writes its members through nested containers.
private struct Nester: Encodable {
    enum Key: String, CodingKey { case b, a, list, up }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        var list = container.nestedUnkeyedContainer(forKey: .list)
        var inner = container.nestedContainer(keyedBy: Key.self, forKey: .b)
        try inner.encode("x", forKey: .a)
        try list.encode(1)
        try list.encodeNil()
        var element = list.nestedContainer(keyedBy: Key.self)
        try element.encodeNil(forKey: .a)
        try 7.encode(to: container.superEncoder(forKey: .up))
    }
}

struct WireWriterTests {
    private func expected<T: Encodable>(_ value: T) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    private func written<T: Encodable>(_ value: T) throws -> String {
        String(decoding: try JSONWire.encode(value), as: UTF8.self)
    }

    @Test func theSameBytesAreWrittenAsByTheToolchainsEncoder() throws {
        #expect(try written(Everything()) == expected(Everything()))
        #expect(try written(Nester()) == expected(Nester()))
        #expect(try written([String]()) == "[]")
        #expect(try written("x") == "\"x\"")
        #expect(try written([nil, 1]) == "[null,1]")
    }

    @Test func whatIsWrittenIsReadAgain() throws {
        #expect(try JSONWire.decode(Everything.self, from: JSONWire.encode(Everything())) == Everything())
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity])
    func aNumberThatJSONCannotSayIsRefused(number: Double) {
        #expect(throws: EncodingError.self) { try JSONWire.encode([number]) }
        #expect(throws: EncodingError.self) { try JSONWire.encode(["a": number]) }
    }

    @Test(arguments: ["{// x\n\"a\":/* } */1}//", "/**/{\"a\" /**/ :1,}/* never ends"])
    func commentsArePassedOverWhereTheyAreAllowed(json: String) throws {
        #expect(try JSONWire.parse([UInt8](json.utf8), allowsComments: true)["a"]?.text == "1")
        #expect(throws: JSONSyntaxError.self) { try JSONWire.parse([UInt8](json.utf8)) }
    }

    @Test func styleChangesTheSpellingAndNothingElse() throws {
        let value = try JSONWire.parse([UInt8](#"{"a":1,"b":[{"cD":true}]}"#.utf8))
        let style = JSONStyle(isPascalCase: true, writesNumbersAsText: true)
        #expect(
            String(decoding: JSONWire.write(style.applied(to: value)), as: UTF8.self)
                == #"{"A":"1","B":[{"CD":"True"}]}"#
        )
        let noisy = JSONStyle(addsUnknownMembers: true).applied(to: value)
        #expect(noisy["xObject"] != nil && noisy["xNull"] == nil && noisy["a"]?.text == "1")
    }
}

struct FormWireTests {
    @Test(arguments: [
        "companyProfile.domain=a.b&billingProfile.defaultAddress.city=K%C3%B6ln+S%C3%BCd&customDomains=x&customDomains=y",
        "CompanyProfile[Domain]=a.b&billingprofile[defaultAddress][city]=K%c3%b6ln%20S%c3%bcd&customDomains[0]=x&customDomains[1]=y",
    ])
    func pathsAreBoundWithDotsOrBrackets(form: String) throws {
        let customer = try #require(try FormWire.decode(Customer.self, from: [UInt8](form.utf8)))
        #expect(customer.companyProfile?.domain == "a.b")
        #expect(customer.billingProfile?.defaultAddress?.city == "Köln Süd")
        #expect(customer.customDomains == ["x", "y"])
    }

    @Test(arguments: ["a=%", "a=%4", "a=%zz", "a=%FF"])
    func aBrokenEscapeIsNoForm(form: String) throws {
        #expect(FormWire.fields([UInt8](form.utf8)) == nil)
    }

    @Test func fieldsKeepTheirOrderAndMayHaveNoValue() {
        let fields = FormWire.fields([UInt8]("b=1&a&&c=x%3Dy=z".utf8))
        #expect(fields?.map(\.key) == ["b", "a", "c"])
        #expect(fields?.map(\.value) == ["1", "", "x=y=z"])
    }
}
