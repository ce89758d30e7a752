import Foundation
import Testing

@testable import Manifests

/// Texts as an onboarding team of a country sends them, in every encoding that its programs save.
struct EncodingMatrixTests {
    /// The words of a country: companies, cities and streets, of which rows of any number are made.
    struct Country: Sendable, CustomTestStringConvertible {
        let name: String
        let encodings: [String]
        let header: String
        let companies: [String]
        let cities: [String]
        let streets: [String]

        var testDescription: String { name }

        /// So many rows of them; no two of the first ones share a word.
        func text(rows: Int) -> String {
            var lines = [header]
            for row in 0..<rows {
                let company = companies[row % companies.count]
                let city = cities[(row + row / companies.count) % cities.count]
                let street = streets[(row + row / cities.count) % streets.count]
                lines.append("\(company);\(city);\(street) \(row % 97 + 1);\(10_000 + row * 37)")
            }
            return lines.joined(separator: "\n") + "\n"
        }
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let country: Country
        let encoding: String
        let rows: Int

        var testDescription: String { "\(country.name), \(encoding), \(rows)" }
    }

    static let cases: [Case] = countries.flatMap { country in
        country.encodings.flatMap { encoding in
            [1, 20].map { Case(country: country, encoding: encoding, rows: $0) }
        } + unicode.map { Case(country: country, encoding: $0, rows: 1) }
    }

    private static let unicode = ["UTF-8", "UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32"]

    /// What an encoding is guessed by where nothing was tuned on it.
    static let heldOutCases: [Case] = heldOut.flatMap { country in
        country.encodings.flatMap { encoding in
            [1, 5, 20].map { Case(country: country, encoding: encoding, rows: $0) }
        }
    }

    @Test(arguments: heldOutCases)
    func aTextThatNothingWasTunedOnReadsAsItWasWritten(_ item: Case) throws {
        let text = item.country.text(rows: item.rows)
        let reader = try openCSV(try EncodingTests.encoded(text, as: item.encoding))
        let lines = [reader.header] + (try reader.records().map(\.texts))
        let isRight = lines.map { $0.joined(separator: ";") }.joined(separator: "\n") + "\n" == text
        #expect(isRight, "\(reader.traits[0]), \(lines.last ?? [])")
    }

    @Test(arguments: cases)
    func theTextReadsAsItWasWritten(_ item: Case) throws {
        let text = item.country.text(rows: item.rows)
        let reader = try openCSV(try EncodingTests.encoded(text, as: item.encoding))
        let lines = [reader.header] + (try reader.records().map(\.texts))
        let isRight = lines.map { $0.joined(separator: ";") }.joined(separator: "\n") + "\n" == text
        #expect(isRight, "\(reader.traits[0]), \(lines.last ?? [])")
        let percent = reader.traits[0].reason.split(separator: "; ").last?.prefix { $0.isNumber } ?? ""
        #expect(item.rows < 20 || (Int(percent) ?? 100) > 70, "\(reader.traits[0])")
    }
}
