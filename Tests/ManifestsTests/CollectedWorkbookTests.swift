import Foundation
import TestSupport
import Testing

@testable import Manifests

/// What other programs' workbooks taught: each of these was once misread.
struct CollectedWorkbookTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static let row = "<row r='1'><c r='A1' t='inlineStr'><is><t>companyName</t></is></c></row>"

    /// A reference to a character in an attribute means that character, as it does in text.
    @Test(arguments: [
        ("R&amp;D", "R&D"), ("&lt;new&gt;", "<new>"), ("&quot;A&quot; &amp; &apos;B&apos;", "\"A\" & 'B'"),
        ("&#38;lt; &#x26;", "&lt; &"), ("&amp;amp;", "&amp;"),
    ])
    func anAttributeIsReadWithItsReferencesReplaced(written: String, text: String) throws {
        var book = HandmadeXLSX(Self.row)
        book.sheets[0].name = written
        let path = folder("customers.xlsx")
        writeArchive(book.parts, to: path)
        var options = ManifestOptions()
        options.sheet = text
        let reader = try Manifest.open(path, options)
        #expect(reader.header == ["companyName"])

        let document = folder("customers.xml")
        let customer = "<companyProfile><companyName>A</companyName></companyProfile>"
        try "<customers><customer externalId=\"\(written)\">\(customer)</customer></customers>"
            .write(toFile: document, atomically: true, encoding: .utf8)
        #expect(try Manifest.open(document).next()?.cells.first == text)
    }
}
