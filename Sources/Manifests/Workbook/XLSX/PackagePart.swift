/// The relationships of a part of an Open Packaging archive: which other parts it names, and what for.
struct PackageRelationships {
    /// One of them.
    struct Relationship {
        let identifier: String
        /// The last word of its type, which both forms of the standard share: `worksheet`.
        let kind: Substring
        /// The part's name in the archive.
        let target: String
    }

    private(set) var all: [Relationship] = []

    /// Reads the relationships of a part; the package's own for an empty name.
    ///
    /// A part without any has none.
    ///
    /// - Throws: `ManifestError` where they are damaged.
    init(_ archive: ZipArchive, of part: String) throws(ManifestError) {
        let folder = PartName.folder(of: part)
        let name = "\(folder)_rels/\(part.dropFirst(folder.count)).rels"
        guard archive.contains(name) else { return }
        let stream = try XLSXStream(archive, part: name)
        while let event = try stream.next() {
            guard case .start(.relationship) = event, stream.attribute(.targetMode) != "External",
                let type = stream.attribute(.type), let target = stream.attribute(.target), all.count < 1 << 14
            else { continue }
            let relationship = Relationship(
                identifier: stream.attribute(.identifier) ?? "",
                kind: type.split(separator: "/").last ?? "",
                target: PartName.resolve(target, from: folder)
            )
            all.append(relationship)
        }
    }

    /// The target of the first relationship of a kind.
    func first(_ kind: String) -> String? { all.first { $0.kind == kind }?.target }
}

/// The names of parts, which are paths within the archive.
enum PartName {
    /// The folder that a part is in, with its slash; empty for the archive's own.
    static func folder(of name: String) -> Substring {
        name.lastIndex(of: "/").map { name[...$0] } ?? ""
    }

    /// The name that a target means, absolute or relative to a folder; none leads out of the archive.
    static func resolve(_ target: String, from folder: Substring) -> String {
        let path = target.hasPrefix("/") || target.hasPrefix("\\") ? target[...] : folder + target
        var parts: [Substring] = []
        for part in path.split(whereSeparator: { $0 == "/" || $0 == "\\" }) {
            switch part {
            case ".": continue
            case "..": _ = parts.popLast()
            default: parts.append(part)
            }
        }
        return parts.joined(separator: "/")
    }
}
