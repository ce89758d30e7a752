/// Words by which a text with a number is known for a street's.
enum StreetWords {
    /// Whether a word is one, or ends with one where the language joins them.
    ///
    /// - Parameter word: one word.
    /// - Returns: whether a street may be called so.
    static func contains(_ word: Substring) -> Bool {
        let word = word.lowercased()
        return words.contains(word) || endings.contains { word.hasSuffix($0) && word.utf8.count > $0.utf8.count + 2 }
    }

    private static let words: Set<String> = [
        "street", "st", "road", "rd", "avenue", "ave", "av", "boulevard", "blvd", "lane", "drive", "way", "court",
        "square", "suite", "floor", "highway", "parkway", "quay", "terrace", "crescent", "box", "building",
        "rue", "allée", "chemin", "quai", "impasse", "route", "place", "calle", "avenida", "carrera", "paseo", "plaza",
        "rambla", "carrer", "rua", "praça", "travessa", "largo", "alameda", "rodovia", "via", "viale", "piazza",
        "corso",
        "vicolo", "straße", "strasse", "str", "platz", "weg", "allee", "gasse", "ring", "straat", "laan", "plein",
        "gracht", "kade", "gata", "gatan", "vägen", "gade", "vej", "veien", "katu", "tie", "ulica", "ul", "aleja", "al",
        "aleje", "ulice", "náměstí", "třída", "utca", "út", "tér", "körút", "strada", "bulevardul", "calea", "ulitsa",
        "prospekt", "улица", "ул", "проспект", "пр", "бульвар", "вулиця", "вул", "οδός", "λεωφόρος", "caddesi", "cad",
        "sokak", "bulvarı", "jalan", "jl", "đường", "iela", "gatvė", "tänav", "plac", "pl", "пл", "markt", "väljak",
        "marg", "jirón", "mah", "sráid", "trg", "cesta",
    ]

    private static let endings = [
        "straße", "strasse", "str", "platz", "weg", "allee", "gasse", "damm", "straat", "laan", "plein", "gracht",
        "kade",
        "gata", "gatan", "vägen", "gade", "vej", "veien", "katu", "tie", "road", "pladsen", "plassen", "esplanadi",
        "laukums", "markt", "丁目", "路", "街", "号", "號", "番地",
        "로", "길", "대로", "通り",
    ]
}

/// The legal forms at the ends of companies' names.
enum CompanyForm {
    /// Whether a text ends with a legal form and has more before it.
    ///
    /// - Parameter text: a name.
    /// - Returns: whether it can only be a company's.
    static func ends(_ text: String) -> Bool {
        if standsAtAnEdge(of: text.utf8) { return true }
        guard let space = text.utf8.lastIndex(of: UInt8(ascii: " ")), space > text.startIndex else { return false }
        let word = text[text.utf8.index(after: space)...].filter { $0 != "." && $0 != "," }
        guard 2...12 ~= word.utf8.count else { return false }
        let form = word.lowercased()
        if sure.contains(form) { return true }
        // Sa and As are names of people, too; in a text that is not all capitals, SA and AS are none.
        return capitals.contains(word) && text.utf8.contains { $0 &- UInt8(ascii: "a") < 26 }
    }

    /// Whether an East Asian form begins or ends a text; by its bytes, as every person's name comes by here.
    private static func standsAtAnEdge(of text: String.UTF8View) -> Bool {
        guard let first = text.first, let last = text.last, first >= 0xE5 || last >= 0x80 || first == UInt8(ascii: "(")
        else { return false }
        return prefixes.contains { text.starts(with: $0.utf8) }
            || suffixes.contains { text.suffix($0.utf8.count).elementsEqual($0.utf8) }
    }

    private static let prefixes = ["株式会社", "(주)"]
    private static let suffixes = ["株式会社", "有限公司"]
    private static let sure: Set<String> = [
        "ltd", "limited", "inc", "incorporated", "llc", "llp", "plc", "corp", "corporation", "gmbh", "kgaa", "ohg",
        "sarl",
        "eurl", "srl", "ltda", "lda", "oyj", "aps", "kft", "zrt", "nyrt", "doo", "eood", "uab", "pty", "pvt", "bhd",
        "pjsc",
        "ооо", "company", "group", "holding", "holdings", "foundation", "university", "trading", "consulting",
    ]
    private static let capitals: Set<String> = [
        "SA", "AG", "AB", "AS", "NV", "BV", "OY", "SE", "SAS", "SPA", "KG", "EV", "JSC", "ASA", "SL", "KK", "AD", "OÜ",
        "SIA",
    ]
}
