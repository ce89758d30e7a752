internal import Jobs
internal import Onboarding
internal import PartnerCenter
internal import PartnerCenterClient
internal import Platform

/// A job file (contract, section 9): what a run is to do, for those who start it without typing.
struct JobFile: Sendable {
    /// What the job is called in what is told of it.
    private(set) var name: String?
    /// What the options say, by option name; empty for a flag that is on.
    private(set) var values: [String: String] = [:]
    /// The manifests' paths and patterns; nil where the file names none.
    private(set) var manifests: [String]?
    /// What else the columns are called.
    private(set) var columns: [String: Column] = [:]
    /// What empty cells stand for.
    private(set) var defaults: [Column: String] = [:]
    /// Where a manifest goes that is done with; nil where it stays.
    private(set) var archive: String?
    /// How long a manifest must stay as it is before it is taken for whole.
    private(set) var stableFor = Duration.seconds(2)
    /// Where the tokens come from.
    private(set) var auth: TokenSource?
    /// What relative paths are relative to; empty for the present folder.
    private let folder: String
    /// The file's own path.
    let path: String

    /// The members besides the options.
    static let ownMembers = ["$schema", "job", "auth", "manifests", "archive", "stableFor", "columns", "defaults"]

    /// Every member.
    static let members = ownMembers + JobOption.all.map(\.name)

    /// Larger than any job that a person writes.
    private static let maximumBytes = 1 << 20

    /// Reads a job file.
    ///
    /// - Parameter path: the file's path.
    /// - Throws: `InputError`: with line, column and the member's path where what it says is wrong.
    init(_ path: String) throws(InputError) {
        let bytes: [UInt8]
        do {
            bytes = try File(path, .read).read(atMost: Self.maximumBytes + 1)
        } catch {
            throw InputError(description: "\(error); give a job file", isConfiguration: false)
        }
        guard bytes.count <= Self.maximumBytes else {
            throw InputError(description: "\(path): is too large to be a job file", isConfiguration: true)
        }
        try self.init(bytes, path: path)
    }

    /// Reads a job file's content.
    ///
    /// - Parameters:
    ///   - bytes: the content, JSON with comments.
    ///   - path: the file's path, for errors, and for what relative paths are relative to.
    /// - Throws: `InputError` with line, column and the member's path.
    init(_ bytes: [UInt8], path: String) throws(InputError) {
        self.path = path
        let parent = Folder.parent(of: path)
        folder = parent == "." && !path.hasPrefix("./") ? "" : parent
        do {
            guard String(validating: bytes, as: UTF8.self) != nil else {
                throw InputError(description: "\(path): is not UTF-8; save it as UTF-8", isConfiguration: true)
            }
            try read(try JobSection(try JSONWire.parse(bytes, allowsComments: true), at: [], known: Self.members))
        } catch let error as JSONSyntaxError {
            let description = "\(path):\(error.line):\(error.column): \(error.reason)"
            throw InputError(description: description, isConfiguration: true)
        } catch let mistake as JobMistake {
            let place = JSONPlace(of: mistake.path, isName: mistake.isName, in: bytes)
            let description = "\(path):\(place.line):\(place.column): \(mistake.pathText)\(mistake.reason)"
            throw InputError(description: description, isConfiguration: true)
        } catch let error as InputError {
            throw error
        } catch {
            throw InputError(description: "\(path): \(error)", isConfiguration: true)
        }
    }

    private mutating func read(_ section: JobSection) throws(JobMistake) {
        _ = try section.text("$schema")
        name = try section.text("job")
        for option in JobOption.all where section[option.name] != nil {
            values[option.option] = try option.value(in: section, folder: folder)
        }
        manifests = try section.texts("manifests")
        try readInbox(section)
        for (title, text) in try section.table("columns") {
            let place = section.place("columns") + [.member(title)]
            columns[title] = try Self.column(text, among: Self.columns, at: place, isName: false)
        }
        for (title, text) in try section.table("defaults") {
            let place = section.place("defaults") + [.member(title)]
            defaults[try Self.column(title, among: Self.columnsWithDefaults, at: place, isName: true)] = text
        }
        try readAuth(section)
    }

    private mutating func readAuth(_ section: JobSection) throws(JobMistake) {
        guard let value = section["auth"] else { return }
        guard values["token-file"] == nil else {
            throw section.mistake("tokenFile", " and auth both say where the token comes from; give one of them")
        }
        let (source, cloud) = try TokenSource.read(value, at: section.place("auth"), folder: folder)
        auth = source
        if let cloud, values["endpoint"] == nil { values["endpoint"] = cloud.endpoint }
        guard values["endpoint"] != nil else {
            throw section.mistake("auth", " is given, but no service; name it with endpoint, or with auth.cloud")
        }
    }

    /// The columns that a title can mean; the others are passed over.
    static let columns = Column.allCases.filter { $0.rawValue <= Column.customerId.rawValue }

    /// The columns whose empty cells can stand for something: a customer's identifier for all rows would be none.
    static let columnsWithDefaults = columns.filter { $0 != .customerId }

    private static func column(
        _ name: String,
        among columns: [Column],
        at path: [JSONStep],
        isName: Bool
    ) throws(JobMistake) -> Column {
        if let column = columns.first(where: { $0.name == name }) { return column }
        let nearest = NearestName.find(name.lowercased(), among: columns) { $0.name.lowercased() }
        let hint =
            nearest.map { "did you mean \($0.name)?" } ?? "there are \(columns.map(\.name).joined(separator: ", "))"
        let reason = isName ? " is no column that has a default; \(hint)" : " names no column, '\(name)'; \(hint)"
        throw JobMistake(path: path, reason: reason, isName: isName)
    }

    /// A path as it is from the present folder.
    static func path(_ path: String, in folder: String) -> String {
        folder.isEmpty ? path : Folder.join(folder, path)
    }

    /// What an option says that neither the command line nor the file gives: the files of a job stand beside it,
    /// wherever it is started from.
    func standardPath(_ path: String) -> String { Self.path(path, in: folder) }

    /// The files that the manifests' patterns stand for now, each pattern's in name order.
    ///
    /// Where they move to an archive, one that is not there any more is no error, and what is in the archive is no
    /// manifest.
    func findManifests() -> [String] {
        (manifests ?? []).flatMap { pattern in
            let literal = Self.path(pattern, in: folder)
            guard PathPattern.isPattern(pattern), !Folder.exists(literal) else {
                return archive == nil || Folder.isRegularFile(literal) ? [literal] : []
            }
            return PathPattern.paths(pattern, in: folder).filter(isManifest)
        }
    }

    /// The folders that the manifests are looked for in, as far as the patterns name them.
    var manifestFolders: [String] {
        (manifests ?? []).map { Folder.parent(of: Self.path($0, in: folder)) }.filter { !PathPattern.isPattern($0) }
    }

    /// The files that fit the manifests' patterns, and have a name that is no text.
    func findUndecodable() -> [UndecodablePath] {
        (manifests ?? []).flatMap { PathPattern.undecodablePaths($0, in: folder) }
            .filter { !InboxWatch.isPassedOver(Folder.name(of: "\($0)")) }
    }

    private func isManifest(_ path: String) -> Bool {
        guard !InboxWatch.isPassedOver(Folder.name(of: path)) else { return false }
        guard let archive else { return Folder.isRegularFile(path) }
        // A link that leads to nothing is told, since somebody has meant something by it.
        let isFile = Folder.isRegularFile(path) || FileState(of: path)?.isLink == true && !Folder.exists(path)
        return isFile && !Folder.holds(archive, path)
    }
}

extension JobFile {
    private mutating func readInbox(_ section: JobSection) throws(JobMistake) {
        archive = try section.text("archive").map { text in
            let path = Self.path(text, in: folder)
            return String(path.reversed().drop { $0 == "/" }.reversed())
        }
        if let text = try section.text("stableFor") {
            do {
                stableFor =
                    try Arguments(option: "stableFor", value: text, isFlag: false).duration("stableFor") ?? stableFor
            } catch {
                throw section.mistake("stableFor", " takes a duration such as 2s or 1m, not '\(text)'")
            }
        }
        guard let archive else { return }
        for place in manifestFolders where Folder.absolute(place) == Folder.absolute(archive) {
            throw section.mistake("archive", " is the folder that the manifests are taken from; name another one")
        }
    }
}

extension Folder {
    /// Whether a path is somewhere below a folder.
    static func holds(_ folder: String, _ path: String) -> Bool {
        let parent = absolute(parent(of: path))
        let folder = absolute(folder)
        return parent == folder || parent.hasPrefix(folder == "/" ? folder : "\(folder)/")
    }
}
