internal import CResources

/// A table that is compiled into the program: lines of tab-separated values, comments after `#`.
enum Resource {
    /// What onboarding teams call the columns.
    static var columnAliases: [[Substring]] {
        unsafe rows(purser_column_aliases_bytes(), purser_column_aliases_size)
    }
    /// What is published of every country.
    static var countries: [[Substring]] { unsafe rows(purser_countries_bytes(), purser_countries_size) }
    /// What the service decides by country.
    static var countryRules: [[Substring]] { unsafe rows(purser_country_rules_bytes(), purser_country_rules_size) }
    /// The states of the countries whose states are checked.
    static var subdivisions: [[Substring]] { unsafe rows(purser_subdivisions_bytes(), purser_subdivisions_size) }
    /// Every language's code and names.
    static var languages: [[Substring]] { unsafe rows(purser_languages_bytes(), purser_languages_size) }
    /// What HTML calls characters.
    static var htmlEntities: [[Substring]] { unsafe rows(purser_html_entities_bytes(), purser_html_entities_size) }
    /// The short names of months in every language that spreadsheets speak.
    static var months: [[Substring]] { unsafe rows(purser_months_bytes(), purser_months_size) }
    /// Every country's phone numbers.
    static var phoneNumbers: [[Substring]] { unsafe rows(purser_phone_numbers_bytes(), purser_phone_numbers_size) }
    /// The codes of languages that few programs know.
    static var rareLanguages: [[Substring]] { unsafe rows(purser_rare_languages_bytes(), purser_rare_languages_size) }
    /// The top-level domains that exist.
    static var topLevelDomains: [[Substring]] {
        unsafe rows(purser_top_level_domains_bytes(), purser_top_level_domains_size)
    }

    private static func rows(_ start: UnsafePointer<UInt8>?, _ count: UInt) -> [[Substring]] {
        let text = unsafe String(decoding: UnsafeBufferPointer(start: start, count: Int(count)), as: UTF8.self)
        return text.utf8.split(separator: UInt8(ascii: "\n")).lazy
            .filter { $0.first != UInt8(ascii: "#") }
            .map { line in
                line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false).map { Substring($0) }
            }
    }
}

extension Substring {
    /// The names in a cell of a resource, which are parted by `~`.
    var names: [String] { self.utf8.split(separator: UInt8(ascii: "~")).map { String(Substring($0)) } }
}
