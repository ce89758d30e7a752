/// Manifests that tests make up.
enum ManifestText {
    static let header =
        "externalId,companyName,domain,email,firstName,lastName,culture,language,addressLine1,city,"
        + "state,postalCode,country,phoneNumber"

    /// A row that every rule lets pass.
    static func row(_ number: Int) -> String {
        "crm-\(number),Brightwater Farms \(number),brightwater\(number).onmicrosoft.com,office@farm\(number).example.com,"
            + "Ada,Moore,en-US,en,\(number) Mill Road,Seattle,WA,98101,US,206-555-0100"
    }

    /// A manifest of good rows.
    static func rows(_ numbers: some Sequence<Int>) -> String {
        header + "\n" + numbers.map { row($0) + "\n" }.joined()
    }
}
