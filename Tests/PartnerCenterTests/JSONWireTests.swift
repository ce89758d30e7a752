import PartnerCenter
import Platform
import Testing

struct JSONWireTests {
    private func customer(_ json: String) throws -> Customer {
        try JSONWire.decode(Customer.self, from: [UInt8](json.utf8))
    }

    @Test(arguments: [
        #"{"id":"7","companyProfile":{"companyName":"Zoë","domain":"a.b"},"allowDelegatedAccess":true}"#,
        "\u{FEFF}" + #"{"id":"7","companyProfile":{"companyName":"Zoë","domain":"a.b"},"allowDelegatedAccess":true}"#,
        #"{"Id":"7","CommerceId":null,"CompanyProfile":{"CompanyName":"Zo\u00eb","Domain":"a.b","Links":null},"AllowDelegatedAccess":"True"}"#,
        #"{"ID":7,"companyprofile":{"COMPANYNAME":"Zoë","domain":"a.b","tags":[1,{"x":[]}]},"allowDelegatedAccess":1,"new":{}}"#,
        "{\r\n\t\"id\" : \"7\" , \"companyProfile\":{\"companyName\":\"Zoë\",\"domain\":\"a.b\",},\"allowDelegatedAccess\":\"true\",}",
    ])
    func everySpellingOfTheServiceAndItsClientsIsRead(json: String) throws {
        let customer = try customer(json)
        #expect(customer.id == "7")
        #expect(customer.companyProfile?.companyName == "Zoë")
        #expect(customer.companyProfile?.domain == "a.b")
        #expect(customer.allowDelegatedAccess == true)
        #expect(customer.commerceId == nil)
    }

    @Test(arguments: [true, false])
    func anAnswerInUTF16IsReadByItsMark(isBigEndian: Bool) throws {
        let text = #"\#u{FEFF}{"Id":"7","companyProfile":{"companyName":"Zoë 회사 😀"}}"#
        let bytes = text.utf16.flatMap { unit in
            let pair = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
            return isBigEndian ? pair : pair.reversed()
        }
        let customer = try JSONWire.decode(Customer.self, from: bytes)
        #expect(customer.id == "7")
        #expect(customer.companyProfile?.companyName == "Zoë 회사 😀")
        // Half a character at the end is no JSON, nor does it do harm.
        for count in 0..<bytes.count {
            #expect(throws: JSONSyntaxError.self) { try JSONWire.parse(Array(bytes.prefix(count))) }
        }
    }

    @Test(arguments: [
        (#"{"id":"7"}"#, #"{"id":"7"}"#),
        (#"{"x":{"id":"1","y":[{"id":"2"},"}","\"]"]},"ID":"7"}"#, #"{"ID":"7"}"#),
        (#"{"x":"\"","y":-1.5e3,"z":null,"w":true,"v":[],"id":{"x":1,"id":[{"x":2}]},}"#, #"{"id":{"id":[{}]}}"#),
        (#"{"x":"{","i\u0064":"7","xid":"8"}"#, #"{"id":"7"}"#),
        (#"[{"x":[[{}],{"id":[]}]}, 3]"#, "[{},3]"),
    ])
    func onlyMembersThatAreWantedAreTaken(json: String, taken: String) throws {
        let value = try JSONWire.parse([UInt8](json.utf8), wanted: ["id"])
        #expect(String(decoding: JSONWire.write(value), as: UTF8.self) == taken)
    }

    @Test(arguments: [
        #"{"x":{"id":"1","y":[{"id":"2"},"}","\"]"]},"id":"7"}"#, #"{"x":"\"","y":-1.5e3,"id":{"x":1}}"#,
    ])
    func aCutTextIsNoneWhateverIsWanted(json: String) {
        for length in 0..<json.utf8.count {
            #expect(throws: JSONSyntaxError.self) {
                try JSONWire.parse(Array(json.utf8.prefix(length)), wanted: ["id"])
            }
        }
    }

    @Test(arguments: [#"{"x" 1,"id":2}"#, #"{"x":,"id":2}"#, #"{"x":tru,"id":2}"#, #"{"x":[1]"id":2}"#, #"{"x":1}2"#])
    func whatIsPassedOverMustEndWhereItShould(json: String) {
        #expect(throws: JSONSyntaxError.self) { try JSONWire.parse([UInt8](json.utf8), wanted: ["id"]) }
    }

    @Test(arguments: ["2", "\"2\"", "2.0", "2e0"])
    func aCountMayBeANumberOrAText(count: String) throws {
        let json = #"{"totalCount":\#(count),"items":[{"id":"a"},{"id":"b"}]}"#
        let page = try JSONWire.decode(ResourceCollection<Customer>.self, from: [UInt8](json.utf8))
        #expect(page.totalCount == 2)
        #expect(page.items.map(\.id) == ["a", "b"])
    }

    @Test(arguments: [
        (#"\ud83d\ude00"#, "😀"), (#"\ud83d"#, "\u{FFFD}"), (#"\ud83dx"#, "\u{FFFD}x"),
        (#"\"\\\/\b\f\n\r\t"#, "\"\\/\u{8}\u{C}\n\r\t"),
        (#"\u0000"#, "\0"), ("회사", "회사"), (#"a\u00e9b"#, "aéb"), (#"\ud83d\u0041"#, "\u{FFFD}A"),
    ])
    func escapesBecomeTheirCharacters(escaped: String, text: String) throws {
        #expect(try customer(#"{"id":"\#(escaped)"}"#).id == text)
    }

    @Test(arguments: [
        ("", 1, 1), ("{", 1, 2), ("{\"id\":\"7\"} x", 1, 12), ("{\"id\"\n 7}", 2, 2), ("{id:7}", 1, 2),
        ("{\"id\":tru}", 1, 7),
        ("{\"id\":-}", 1, 8), ("{\"id\":1.}", 1, 9), ("{\"id\":\"\\x\"}", 1, 10), ("{\"id\":\"\\u12\"}", 1, 12),
        ("{\"id\":\"7", 1, 9),
        ("{\"id\":\"a\nb\"}", 2, 1), ("{\"id\":1 \"b\":2}", 1, 9), ("{,}", 1, 2),
    ])
    func aBrokenTextIsRefusedWithItsPlace(json: String, line: Int, column: Int) {
        let error = #expect(throws: JSONSyntaxError.self) { try customer(json) }
        #expect(error?.line == line)
        #expect(error?.column == column)
    }

    @Test func deepNestingIsRefusedRatherThanExhaustingTheStack() {
        let json = String(repeating: "[", count: 1_000_000)
        #expect(throws: JSONSyntaxError.self) { try customer(json) }
    }

    @Test(arguments: [
        #"[]"#, #"{"companyProfile":"x"}"#, #"{"customDomains":{}}"#, #"{"allowDelegatedAccess":"maybe"}"#,
    ])
    func anotherShapeIsADecodingError(json: String) {
        #expect(throws: DecodingError.self) { try customer(json) }
    }

    @Test func whatIsWrittenIsCompactCamelCaseWithoutNulls() throws {
        var customer = Customer()
        customer.id = "7"
        customer.companyProfile = CustomerCompanyProfile()
        customer.companyProfile?.companyName = "Żółć / 회사 \"&\" <b>"
        customer.userCredentials = UserCredentials(userName: "admin", password: Secret("p/1"))
        let expected = #"{"companyProfile":{"companyName":"Żółć / 회사 \"&\" <b>"},"id":"7","#
        let json = String(decoding: try JSONWire.encode(customer), as: UTF8.self)
        #expect(json == expected + #""userCredentials":{"password":"p/1","userName":"admin"}}"#)
        #expect(try self.customer(json) == customer)
    }
}
