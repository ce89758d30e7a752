import Manifests
import Onboarding
import Testing

@testable import Jobs

/// What is wrong with whole columns is told once, in the manifest's own words.
@Suite struct WholeColumnTests {
    private func summary(rows: Int, swapped: Int) throws -> String {
        let header = ["companyName", "domain", "email", "culture", "language", "addressLine1", "Ort", "PLZ", "country"]
        let settings = OnboardingSettings(aliases: ["Ort": .city, "PLZ": .postalCode])
        let preparer = try RowPreparer(header: header, path: "m.csv", settings: settings)
        var summary = ValidationSummary()
        for number in 0..<rows {
            let place = number < swapped ? ["50667", "Köln"] : ["Köln", "50667"]
            let cells =
                ["Müller Werkzeuge", "mueller\(number).onmicrosoft.com", "a@mueller.de", "de-DE", "de", "Hauptstr. 1"]
                + place + ["DE"]
            summary.count(preparer.check(Record(cells: cells, row: number, line: number)).findings)
        }
        return summary.text
    }

    @Test func columnsThatHaveChangedPlacesAreToldOnce() throws {
        let text = try summary(rows: 10, swapped: 10)
        #expect(
            text.contains("nearly every value of Ort looks like what belongs to PLZ, and the other way round (10 of 10")
        )
    }

    @Test func aFewRowsSayNothingOfWholeColumns() throws {
        #expect(try !summary(rows: 10, swapped: 5).contains("nearly every"))
        #expect(try !summary(rows: 1, swapped: 1).contains("nearly every"))
    }
}
