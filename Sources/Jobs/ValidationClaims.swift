internal import Onboarding

/// Who claimed an identity or a domain first, among all rows of a check.
///
/// They are kept by hash: two of a million rows share a 64-bit hash by accident with a chance of one in ten million. A
/// row costs two entries of 16 bytes in tables that are between three eighths and three quarters full: about 85 bytes a row,
/// measured at a million rows, which is all of a check's memory that grows with the rows.
struct ValidationClaims {
    /// Where a row stands.
    struct Place {
        let manifest: Int32
        let line: Int32
    }

    /// An earlier row of the same customer.
    struct Claim {
        let place: Place
        /// The column that both rows share.
        let column: Column
    }

    private var names: [Int: Place] = [:]
    private var domains: [Int: Place] = [:]

    /// Claims an identity for a row, as far as no earlier row has it.
    ///
    /// - Parameters:
    ///   - identity: the row's identity.
    ///   - place: where the row stands.
    /// - Returns: the claim of the first row that has the name or the domain.
    mutating func claim(_ identity: CustomerIdentity, at place: Place) -> Claim? {
        let byDomain = identity.domain.flatMap { Self.claim($0.hashValue, at: place, in: &domains) }
        let byName = Self.claim(identity.name.hashValue, at: place, in: &names)
        if let byDomain { return Claim(place: byDomain, column: .domain) }
        return byName.map { Claim(place: $0, column: identity.name == identity.domain ? .domain : .externalId) }
    }

    private static func claim(_ hash: Int, at place: Place, in table: inout [Int: Place]) -> Place? {
        put(place, into: &table[hash])
    }

    /// Fills an entry that is empty, with one look at its table for both reading and writing.
    private static func put(_ place: Place, into entry: inout Place?) -> Place? {
        if let entry { return entry }
        entry = place
        return nil
    }
}
