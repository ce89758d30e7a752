/// What is known of a manifest beyond its bytes: what the user said, and which titles mean something.
package struct ManifestOptions: Sendable {
    /// The character encoding of a text, by its IANA or iconv name; nil to find it from the content.
    package var encoding: String?
    /// The delimiter of a CSV text, one character; nil to find it from the content.
    package var delimiter: Character?
    /// The quote of a CSV text, one character; nil to find it from the content.
    package var quote: Character?
    /// The line of the header, from 1; nil to find it from the content.
    package var headerRow: Int?
    /// The sheet of a workbook, by name; nil for the first one that has a known title.
    package var sheet: String?
    /// Whether the rows before a fault that ends the file are wanted without the rest.
    package var isPartial = false
    /// Whether a title means a column: tells a header from what stands above it.
    package var isKnownTitle: @Sendable (String) -> Bool

    /// Makes options that leave everything to the content.
    ///
    /// - Parameter isKnownTitle: whether a title means a column.
    package init(isKnownTitle: @escaping @Sendable (String) -> Bool = { _ in false }) {
        self.isKnownTitle = isKnownTitle
    }
}

extension ManifestOptions {
    /// What a user may say of a file, by the option's name.
    enum Statement: String {
        case encoding, delimiter, quote, sheet
        case headerRow = "header-row"

        /// Those that no archive has.
        static let ofTexts = [encoding, delimiter, quote]

        /// What has such a thing.
        var owner: String {
            switch self {
            case .encoding: "texts"
            case .delimiter, .quote: "CSV texts"
            case .headerRow: "tables"
            case .sheet: "workbooks"
            }
        }
    }

    /// Refuses what was said of a file but holds for other kinds, rather than to pass over it without a word.
    ///
    /// - Throws: `ManifestError` where one of the statements was made.
    func refuse(_ statements: [Statement], _ kind: String, _ path: String) throws(ManifestError) {
        for statement in statements where isMade(statement) {
            let message = "--\(statement.rawValue) is for \(statement.owner), but this is \(kind); leave it out"
            throw ManifestError(.misused, path: path, message: message)
        }
    }

    private func isMade(_ statement: Statement) -> Bool {
        switch statement {
        case .encoding: encoding != nil
        case .delimiter: delimiter != nil
        case .quote: quote != nil
        case .headerRow: headerRow != nil
        case .sheet: sheet != nil
        }
    }
}

/// One thing that a reader found out about a manifest, for `purser read --explain`.
package struct ManifestTrait: Hashable, Sendable {
    /// What it is: `encoding`, `delimiter`, `header row`.
    package let name: String
    /// What was found: `windows-1252`.
    package let value: String
    /// Why, one sentence, with the confidence where it was a guess.
    package let reason: String

    /// Makes a trait.
    ///
    /// - Parameters:
    ///   - name: what it is.
    ///   - value: what was found.
    ///   - reason: why.
    package init(_ name: String, _ value: String, reason: String) {
        self.name = name
        self.value = value
        self.reason = reason
    }
}
