internal import FoundationEssentials
internal import Platform
internal import Reports

/// What is to be moved into the archive, written to disk before the first move.
///
/// A run that is killed in between leaves the plan, and the next one carries it out to its end: each step may be done
/// again, and none touches a file that is not the one meant.
struct ArchivePlan: Codable, Hashable, Sendable {
    /// One file's move.
    struct Move: Codable, Hashable, Sendable {
        let source: String
        let target: String
        /// What the file was when the plan was made.
        let state: FileState

        /// Plans a move; nil where there is no such file.
        init?(_ source: String, to folder: String) {
            guard let state = FileState(of: source) else { return nil }
            self.init(source, to: folder, as: state)
        }

        init(_ source: String, to folder: String, as state: FileState) {
            self.source = source
            target = Folder.join(folder, Folder.name(of: source))
            self.state = state
        }

        /// What came of a move.
        enum Outcome: Hashable, Sendable {
            case done
            /// Another file stands at the source by now; it was left there.
            case changed
            /// Nothing is at the source, and nothing was moved.
            case missing
        }

        /// Moves the file, or finds that it is moved already.
        func perform() throws(SystemError) -> Outcome {
            if let there = FileState(of: target) {
                // A copy on another file system, whose original was still to be removed.
                let isCopy = there.size == state.size && there.modifiedNanoseconds == state.modifiedNanoseconds
                if isCopy, there != state, FileState(of: source) == state { try Folder.remove(source) }
                return .done
            }
            if try FileMove.move(source, to: target, as: state) { return .done }
            return FileState(of: source) == nil ? .missing : .changed
        }
    }

    /// A manifest with what goes with it.
    struct Entry: Codable, Hashable, Sendable {
        /// The folder of its own that all of it goes to.
        let folder: String
        let manifest: Move
        var reports: [Move] = []
        /// Why it can't be imported; nil where it was.
        var reason: String?

        /// Where the reason is written.
        var reasonPath: String {
            let name = Folder.name(of: manifest.target)
            return Folder.join(folder, name.utf8.count > ManifestName.longest ? "reason.txt" : "\(name).reason.txt")
        }
    }

    var entries: [Entry] = []

    /// Writes the plan, durably.
    func save(to path: String) throws {
        var file = try ReplacementFile(path, permissions: 0o600)
        try file.write(try JSONEncoder().encode(self))
        try file.commit()
    }

    /// Reads a plan that was left; nil where there is none.
    static func load(_ path: String) throws -> ArchivePlan? {
        guard Folder.exists(path) else { return nil }
        let bytes = try Data(contentsOf: URL(filePath: path))
        return try JSONDecoder().decode(ArchivePlan.self, from: bytes)
    }
}
