import Testing

@testable import Onboarding

@Suite struct PostalPatternTests {
    @Test(arguments: [
        (#"\d{3} ?\d{2}"#, ["123 45", "12345"], ["1234", "123-45", "123 456", "", "12345 "]),
        (#"[A-HJ-NP-Z]?\d{4}([A-Z]{3})?"#, ["C1070aam", "1070", "c1070"], ["I1070", "C1070AA"]),
        (#"(1[0-2]|[1-9])\d{2}"#, ["317", "1012"], ["17", "1312", "017"]),
        (#"(AB|CD) ?\d{1,4}|X"#, ["AB1", "cd 1234", "x"], ["AB12345", "AB", "XX"]),
        (#"(\d{5})([ \-](\d{4}))?"#, ["12345", "12345-6789", "12345 6789"], ["123456789", "12345-"]),
        (#"(\d[A-Z]){2}"#, ["1a2B"], ["1a", "1a2b3c"]),
        (#"\d{2}(\d{2})?"#, ["12", "1234"], ["123", "é2"]),
    ])
    func theWholeTextMatches(pattern: String, right: [String], wrong: [String]) throws {
        let compiled = try #require(PostalPattern(pattern[...]))
        for text in right { #expect(compiled.matches(text), "\(text)") }
        for text in wrong { #expect(!compiled.matches(text), "\(text)") }
    }

    @Test(arguments: ["a*", "(a", "a)", "[a", #"\w"#, "a{0}", "a{2", ".", "é", #"\d{65}"#])
    func whatIsOutsideTheSubsetIsRefused(pattern: String) {
        #expect(PostalPattern(pattern[...]) == nil)
    }

    @Test func separatorsCanBeLeftOut() throws {
        let loose = try #require(PostalPattern(#"\d{2}-\d{3}"#, omittingSeparators: true))
        #expect(loose.matches("00950"))
        #expect(!loose.matches("00-950"))
    }

    /// A pattern that can't be read would let everything pass.
    @Test func everyCountrysPatternIsReadAndMatchesItsExample() {
        let published = Set(Resource.countries.filter { !$0[4].isEmpty }.map { $0[0] })
        let own = Set(Resource.countryRules.filter { !$0[4].isEmpty }.map { $0[0] })
        let countries = Country.all.filter { published.union(own).contains($0.code[...]) }
        #expect(countries.count > 170)
        for country in countries {
            #expect(country.postalPattern?.matches(country.postalExample) == true, "\(country.code)")
            #expect(country.loosePostalPattern != nil, "\(country.code)")
        }
    }
}
