package import Manifests

/// How rows are read, beyond what the manifest says.
package struct OnboardingSettings: Sendable {
    /// What else the columns are called, by title.
    package var aliases: [String: Column]
    /// What an empty cell stands for, by column.
    package var defaults: [Column: String]
    /// What a customer's domain ends with, after the dot.
    package var domainSuffix: String
    /// What the user said of the manifests' bytes: encoding, delimiter, sheet.
    package var reading = ManifestOptions()
    /// The rules whose suggestions are typed for the person, by name.
    package var acceptedRepairs: Set<String> = []
    /// Whether a warning keeps a row from being sent as an error does.
    package var isStrict = false

    /// Makes settings; each has the default that the contract gives it.
    ///
    /// - Parameters:
    ///   - aliases: titles beyond the built-in ones.
    ///   - defaults: the values of cells that are empty.
    ///   - domainSuffix: the end of every domain, without its dot.
    package init(
        aliases: [String: Column] = [:],
        defaults: [Column: String] = [:],
        domainSuffix: String = "onmicrosoft.com"
    ) {
        self.aliases = aliases
        self.defaults = defaults
        self.domainSuffix = domainSuffix
    }

    /// The options to open a manifest with: what the user said, and which titles mean a column.
    package var manifestOptions: ManifestOptions {
        let names = ColumnNames(aliases: aliases)
        var options = reading
        options.isKnownTitle = { names.column(titled: $0) != nil }
        return options
    }
}
