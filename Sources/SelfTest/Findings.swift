/// What a round found broken of Purser's promises, a sentence each.
struct Findings: Hashable, Sendable {
    /// Customers that stand twice.
    var duplicates: [String] = []
    /// Rows without their customer, or without the right answer.
    var lostRows: [String] = []
    /// One-time passwords that are not on file, or not once.
    var lostPasswords: [String] = []
    /// Anything else that should not be.
    var others: [String] = []

    /// All of them.
    var all: [String] { duplicates + lostRows + lostPasswords + others }

    /// Takes in what another round found.
    mutating func add(_ other: Findings) {
        duplicates += other.duplicates
        lostRows += other.lostRows
        lostPasswords += other.lostPasswords
        others += other.others
    }
}
