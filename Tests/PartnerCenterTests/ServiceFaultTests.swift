import PartnerCenter
import Testing

struct ServiceFaultTests {
    private func fault(_ body: String, status: Int = 400, reason: String = "Bad Request") -> ServiceFault {
        ServiceFault(status: status, reason: reason, body: [UInt8](body.utf8))
    }

    @Test(arguments: [
        (
            #"{"code":2001,"description":"Customer details are missing","data":["billingProfile.defaultAddress.addressLine1"],"source":"PartnerFD"}"#,
            "2001", "billingProfile.defaultAddress.addressLine1", "Customer details are missing"
        ),
        (
            "\u{FEFF}"
                + #"{"Code":"27002","Description":"A property has invalid data.","Data":["property_name:  StateInvalid - Details"]}"#,
            "27002", "", "A property has invalid data. property_name: StateInvalid - Details"
        ),
        (
            #"{"code":27002,"description":"A property has invalid data.","data":["billingProfile.email: no such host"]}"#,
            "27002", "billingProfile.email", "A property has invalid data. billingProfile.email: no such host"
        ),
        (
            #"{"code":27002,"description":"d","data":["CompanyProfile.Domain, as it is taken"]}"#,
            "27002", "CompanyProfile.Domain", "d CompanyProfile.Domain, as it is taken"
        ),
        (
            #"{"code":3,"description":"d","data":["contoso.example is taken"]}"#, "3", "", "d contoso.example is taken"
        ),
        (
            "<ServiceFault><code>2001</code><description>Missing</description>"
                + "<data>billingProfile.email</data><data>no such host</data></ServiceFault>",
            "2001", "billingProfile.email", "Missing no such host"
        ),
        (
            "\u{FEFF}<f:Fault xmlns:f=\"urn:x\"><f:Code>2001</f:Code><f:Message>Missing</f:Message>"
                + "<f:Data><f:string>domain</f:string></f:Data></f:Fault>",
            "2001", "domain", "Missing"
        ),
        (#"{"code":2001,"description":"Missing","data":"domain"}"#, "2001", "domain", "Missing"),
        (
            #"{"code":600061,"message":"m","description":"d","errorName":"E","isRetryable":false,"parameters":{}}"#,
            "600061", "", "d"
        ),
        (#"{"code":600061,"message":"m","description":"","errorName":"E"}"#, "600061", "", "m"),
        (
            #"{"statusCode":429,"message":"Rate limit is exceeded. Try again in 57 seconds."}"#, "", "",
            "Rate limit is exceeded. Try again in 57 seconds."
        ),
        (
            #"{"code":2007,"description":"{\"code\":\"60071\",\"reason\":\"ZipCityInvalid - Field - &#39;City&#39; is corrected\"}"}"#,
            "2007", "", "ZipCityInvalid - Field - 'City' is corrected"
        ),
        (
            #"{"error":"invalid_grant","error_description":"AADSTS70002: no\r\nTrace"}"#, "invalid_grant", "",
            "AADSTS70002: no Trace"
        ),
        (#"{"error":{"code":"Denied","message":"No."}}"#, "Denied", "", "No."),
        (#""Bad things""#, "", "", "Bad things"),
        (
            "<html><head><title>503 Service\n Unavailable</title></head><body>x</body></html>", "", "",
            "503 Service Unavailable"
        ),
        (" <p>Try <b>later</b> &amp; again</p><script>x()</script>", "", "", "Try later & again"),
        ("Authentication failed. MFA required. (10001)", "", "", "Authentication failed. MFA required. (10001)"),
        ("", "", "", "Bad Request"), ("{}", "", "", "Bad Request"), ("[]", "", "", "Bad Request"),
        ("null", "", "", "Bad Request"),
    ])
    func everyBodyShapeIsRead(body: String, code: String, field: String, message: String) {
        #expect(fault(body) == ServiceFault(code: code, field: field, message: message))
    }

    /// Each of the body shapes, in UTF-16 of either order.
    @Test(
        arguments: [
            (#"{"code":27002,"description":"Ungültig"}"#, "27002", "Ungültig"),
            (#"{"statusCode":429,"message":"Rate limit is exceeded."}"#, "", "Rate limit is exceeded."),
            ("<html><title>Nicht verfügbar</title></html>", "", "Nicht verfügbar"),
            ("<Fault><code>2001</code><description>Fehlt für alle</description></Fault>", "2001", "Fehlt für alle"),
            ("Zu müde", "", "Zu müde"), ("", "", "Bad Request"),
        ],
        [true, false]
    )
    func everyBodyShapeIsReadInUTF16(shape: (body: String, code: String, message: String), isBigEndian: Bool) {
        let bytes = "\u{FEFF}\(shape.body)".utf16.flatMap { unit in
            let pair = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
            return isBigEndian ? pair : pair.reversed()
        }
        let fault = ServiceFault(status: 400, reason: "Bad Request", body: bytes)
        #expect(fault == ServiceFault(code: shape.code, message: shape.message))
    }

    @Test func aStatusWithoutAReasonStillSaysSomething() {
        #expect(fault("", status: 502, reason: "").message == "HTTP status 502")
    }

    @Test func nothingInAFaultCanTurnOrBreakALine() {
        let message = fault(#"{"description":"a\u001b[31m\u0000b\r\n\tc\u202e\u2028d"}"#).message
        #expect(message == "a [31m b c d")
    }

    @Test(arguments: ["x", "<", "<x ", "é\u{301}"])
    func aLongBodyGivesAShortLine(piece: String) {
        #expect(fault(String(repeating: piece, count: 300_000)).message.count <= 1025)
    }

    /// What `data` names, by the words of the live service.
    @Test(
        arguments: [
            ("state:  StateInvalid - Details", "state"), ("postalCode: ZipInvalid", "postalCode"), ("city", "city"),
            ("NotificationEmailAddress: a@b is invalid", ""), ("notlist", ""), ("contoso: taken", ""),
            ("state is wrong", ""), ("StateInvalid", ""), ("billingProfile.email: bad", "billingProfile.email"),
        ]
    )
    func aMemberAtFaultIsFoundWhereItIsNamed(detail: String, field: String) {
        #expect(
            fault("{\"code\":27002,\"description\":\"A property has invalid data.\",\"data\":[\"\(detail)\"]}").field
                == field
        )
    }

    @Test(
        arguments: [
            "<?xml version=\"1.0\"?><!DOCTYPE e [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><Error><Code>1</Code>&x;</Error>",
            "<Error><Code>1</Code", "<a", "<!DOCTYPE html [<!ENTITY x \"y\">]><html>&x;</html>",
        ]
    )
    func aDocumentThatIsRefusedIsNotToldInPieces(body: String) {
        #expect(fault(body).message == "Bad Request")
    }

    @Test(
        arguments: [
            (#"{"code":27002,"description":"x"}"#, .fault), (#"{"Message":"x"}"#, .fault),
            (#"{"error":{"code":"x"}}"#, .fault),
            ("<Error><Code>1</Code></Error>", .fault),
            (#"{"statusCode":404,"message":"Resource not found"}"#, .gateway),
            ("<html><title>x</title></html>", .gateway), ("\u{FEFF} <!DOCTYPE HTML><p>x", .gateway),
            ("<h1>x</h1>", .gateway),
            ("Bad Request", .text), (#""Bad Request""#, .text), ("", .nothing), (" \n", .nothing), ("\u{0}", .nothing),
            ("{}", .nothing), ("[]", .nothing), ("null", .nothing), (#"{"items":[]}"#, .nothing), ("<a", .nothing),
        ] as [(String, ServiceFault.Shape)]
    )
    func whoGaveAnErrorIsToldByItsBody(body: String, shape: ServiceFault.Shape) {
        #expect(ServiceFault.shape(of: Array(body.utf8)) == shape)
    }
}
