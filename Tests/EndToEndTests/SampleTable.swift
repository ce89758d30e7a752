import Foundation

/// A table with all that spreadsheets are known to lose, and its forms that need no other program.
struct SampleTable {
    /// The script that writes it as workbooks.
    static let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "workbooks.py").path

    let rows: [[String]]

    private static let columns = [
        "externalId", "companyName", "domain", "organizationRegistrationNumber", "email", "firstName", "middleName",
        "lastName", "culture", "language", "addressLine1", "addressLine2", "addressLine3", "city", "district", "state",
        "region", "postalCode", "country", "phoneNumber", "associatedPartnerId",
    ]

    private static let accents = [
        "00042", "Åkerström & Söhne, \"Küche\"", "akerstrom.onmicrosoft.com", "123456789012345", "zoë@a.example", "Zoë",
        "", "D’Été", "de-DE", "de", "Hauptstraße 1;\nHinterhaus", "=1+1", "+A", "Köln", "-", "@x", "", "01067", "DE",
        "+49 30 901820", "0012345",
    ]

    /// Letters of every kind, and a row without cells in between.
    static let everyScript = SampleTable(rows: [
        columns, accents,
        [
            "1e5", "Ελληνικά Τρόφιμα", "b.onmicrosoft.com", "000000000000001", "b@b.example", "Ελένη", "", "Παππά",
            "el-GR", "el", "Οδός 5", "TRUE", "2026-11-21", "Αθήνα", "", "", "", "10431", "GR", "+302101234567", "",
        ],
        Array(repeating: "", count: columns.count),
        [
            "000", "Москва, «Рога»", "c.onmicrosoft.com", "1.50", "c@c.example", "Иван", "", "Иванов", "ru-RU", "ru",
            "улица 1", "", "", "Москва", "", "", "", "101000", "RU", "+74951234567", "1",
        ],
        [
            "x", "株式会社テスト", "d.onmicrosoft.com", "1234-56-789012", "d@d.example", "花子", "", "山田", "ja-JP", "ja",
            "회사 빌딩 🏢", "中文地址", "'=quoted", "東京", "", "", "", "100-0001", "JP", "+81312345678", "",
        ],
    ])

    /// What Windows-1252 has room for.
    static let latin = SampleTable(rows: [
        columns, accents,
        [
            "00043", "Brasserie de l'Œuvre", "oeuvre.onmicrosoft.com", "000000000000042", "a@oeuvre.example", "René",
            "",
            "Lefèvre", "fr-FR", "fr", "1, rue de l'Église", "", "5 €", "Besançon", "", "", "", "01000", "FR",
            "+33123456789", "",
        ],
    ])

    /// As CSV with CRLF line ends, a row without cells as a line of delimiters.
    func csv(delimiter: String = ",") -> String {
        rows.map { row in
            row.map { cell in
                guard cell.contains(where: { "\"\n,;\t".contains($0) }) else { return cell }
                return "\"\(cell.replacing("\"", with: "\"\""))\""
            }.joined(separator: delimiter) + "\r\n"
        }.joined()
    }

    /// As `purser read` shows it.
    var jsonLines: String {
        rows.filter { !$0.allSatisfy(\.isEmpty) }.map { row in
            "["
                + row.map { cell in
                    "\"\(cell.replacing("\"", with: "\\\"").replacing("\n", with: "\\n"))\""
                }.joined(separator: ",") + "]\n"
        }.joined()
    }

    /// As an XML manifest.
    var xml: String {
        let customers = rows.dropFirst().filter { !$0.allSatisfy(\.isEmpty) }.map { row in
            let cells = Dictionary(uniqueKeysWithValues: zip(Self.columns, row.map(Self.escaped)))
            func elements(_ names: ArraySlice<String>) -> String {
                names.map { name in
                    cells[name].map { $0.isEmpty ? "" : "<\(name)>\($0)</\(name)>" } ?? ""
                }.joined()
            }
            return """
                <customer externalId="\(cells["externalId"] ?? "")">
                <companyProfile>\(elements(Self.columns[1...3]))</companyProfile>
                <billingProfile>\(elements(["email", "culture", "language", "firstName", "lastName"]))
                <defaultAddress>\(elements(["middleName"] + Self.columns[10...19]))</defaultAddress></billingProfile>
                \(elements(["associatedPartnerId"]))
                </customer>

                """
        }
        return "<customers>\n\(customers.joined())</customers>\n"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
    }
}
