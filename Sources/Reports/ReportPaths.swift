internal import Platform

/// Where the reports of one manifest go (contract, section 8).
package struct ReportPaths: Hashable, Sendable {
    /// The reports folder.
    package let folder: String
    /// What the reports' names begin with: the manifest's own name, unless another manifest of the run shares it.
    package let name: String

    /// Gives the reports of a manifest their places.
    ///
    /// - Parameters:
    ///   - manifest: the manifest's path.
    ///   - folder: the reports folder.
    package init(manifest: String, folder: String) {
        self.init(name: Folder.name(of: manifest), folder: folder)
    }

    private init(name: String, folder: String) {
        self.name = name
        self.folder = folder
    }

    /// Gives the reports of a run's manifests their places, so that none overwrites another's.
    ///
    /// Manifests of the same name in different folders have as many folder names put before theirs as tell them apart:
    /// `north-customers.csv.results.csv`.
    ///
    /// - Parameters:
    ///   - manifests: the manifests' paths.
    ///   - folder: the reports folder.
    /// - Returns: the places, in the manifests' order.
    package static func assign(to manifests: [String], folder: String) -> [ReportPaths] {
        let parts = manifests.map { Folder.absolute($0).split(separator: "/").map(String.init) }
        var depths = Array(repeating: 1, count: manifests.count)
        while true {
            let names = zip(parts, depths).map { $0.suffix($1).joined(separator: "-") }
            let sharers = Dictionary(grouping: names.indices) { names[$0] }.values
                .filter { Set($0.map { parts[$0] }).count > 1 }
                .flatMap { $0 }
                .filter { depths[$0] < parts[$0].count }
            if sharers.isEmpty { return distinct(names, parts).map { ReportPaths(name: $0, folder: folder) } }
            for index in sharers { depths[index] += 1 }
        }
    }

    /// Numbers the names that are still the same, as those of `a-b.csv` and `a/b.csv` may be.
    private static func distinct(_ names: [String], _ paths: [[String]]) -> [String] {
        var owners: [String: [String]] = [:]
        return zip(names, paths).map { name, path in
            var candidate = name
            var number = 1
            while let owner = owners[candidate], owner != path {
                number += 1
                candidate = "\(number)-\(name)"
            }
            owners[candidate] = path
            return candidate
        }
    }

    /// Where the results go.
    ///
    /// - Parameter format: the form they are written in.
    /// - Returns: the path.
    package func results(_ format: ReportFormat) -> String {
        let kind = format == .html ? "report" : "results"
        return Folder.join(folder, "\(name).\(kind).\(format.rawValue)")
    }

    /// Where the rows that need a person go.
    package var corrections: String { Folder.join(folder, "\(name).corrections.csv") }

    /// Where a run's summary goes.
    ///
    /// - Parameter folder: the reports folder.
    /// - Returns: the path.
    package static func summary(in folder: String) -> String { Folder.join(folder, "summary.json") }

    /// Where the one-time credentials go, unless the user says otherwise.
    ///
    /// - Parameter folder: the reports folder.
    /// - Returns: the path.
    package static func credentials(in folder: String) -> String { Folder.join(folder, "credentials.csv") }
}
