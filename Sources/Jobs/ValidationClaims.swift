internal import Onboarding

/// Who claimed an identity or a domain first, among all rows of a check.
///
/// They are kept by hash: two of a million rows share a 64-bit hash by accident with a chance of one in ten million. A
/// row costs two entries of 16 bytes in tables that are between half and three quarters full: 43 to 64 bytes a row,
/// which is all of a check's memory that grows with the rows.
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

    private var names = FirstPlaces()
    private var domains = FirstPlaces()
    /// Only keeps the compiler from leaving out what `touch` reads.
    private var touched = 0

    /// Reads the places in the tables that a row is about to claim.
    ///
    /// In a table of many megabytes each place is far from the processor. One claim waits for it before the next can
    /// begin; reads that nothing depends on wait side by side.
    ///
    /// - Parameter identity: the row's identity.
    mutating func touch(_ identity: IdentityHashes) {
        touched &+= names.touch(identity.name)
        if let domain = identity.domain { touched &+= domains.touch(domain) }
    }

    /// Claims an identity for a row, as far as no earlier row has it.
    ///
    /// - Parameters:
    ///   - identity: the row's identity.
    ///   - place: where the row stands.
    /// - Returns: the claim of the first row that has the name or the domain.
    mutating func claim(_ identity: IdentityHashes, at place: Place) -> Claim? {
        let byDomain = identity.domain.flatMap { domains.claim($0, at: place) }
        let byName = names.claim(identity.name, at: place)
        if let byDomain { return Claim(place: byDomain, column: .domain) }
        return byName.map { Claim(place: $0, column: identity.isDomain ? .domain : .externalId) }
    }
}

/// The first row of each hash: a table with open addressing.
///
/// A dictionary would hash the hash again, and look into three places of memory for each row where this looks into one.
private struct FirstPlaces {
    /// Free where the hash is 0.
    private struct Entry {
        var hash: Int
        var place: ValidationClaims.Place
    }

    private static let free = Entry(hash: 0, place: ValidationClaims.Place(manifest: 0, line: 0))

    private var entries = [Entry](repeating: free, count: 1 << 10)
    private var count = 0

    /// Takes a hash for a row.
    ///
    /// - Parameters:
    ///   - hash: the hash.
    ///   - place: where the row stands.
    /// - Returns: the row that has it already; nil where it is this one's now.
    mutating func claim(_ hash: Int, at place: ValidationClaims.Place) -> ValidationClaims.Place? {
        let hash = hash == 0 ? 1 : hash
        let index = index(of: hash)
        if entries[index].hash == hash { return entries[index].place }
        entries[index] = Entry(hash: hash, place: place)
        count += 1
        if count * 4 > entries.count * 3 { grow() }
        return nil
    }

    /// Reads the place where a hash stands first of all.
    ///
    /// - Parameter hash: the hash.
    /// - Returns: what is there.
    func touch(_ hash: Int) -> Int { entries[firstIndex(of: hash)].hash }

    /// Where a hash stands, or would stand.
    private func index(of hash: Int) -> Int {
        var index = firstIndex(of: hash)
        while entries[index].hash != hash, entries[index].hash != 0 {
            index += 1
            if index == entries.count { index = 0 }
        }
        return index
    }

    /// Where a hash stands if no other is there: as far down the table as it is among all hashes.
    private func firstIndex(of hash: Int) -> Int {
        Int(UInt(bitPattern: hash).multipliedFullWidth(by: UInt(entries.count)).high)
    }

    /// Makes the table half as large again: to double it would leave more of it empty.
    private mutating func grow() {
        let old = entries
        entries = [Entry](repeating: Self.free, count: old.count + old.count / 2)
        for entry in old where entry.hash != 0 { entries[index(of: entry.hash)] = entry }
    }
}
