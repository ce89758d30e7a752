internal import Platform

/// A command line that can't be followed: exit 64.
struct UsageError: Error, Hashable, CustomStringConvertible {
    /// What is wrong and what to do, one line.
    let description: String

    init(_ message: String, command: String? = nil) {
        let help = command.map { "; see purser \($0) --help" } ?? ""
        description = message + help
    }

    /// An unknown name, with the nearest one there is.
    ///
    /// - Parameters:
    ///   - kind: what it should name: `option`.
    ///   - name: the name as typed.
    ///   - names: the names there are.
    ///   - command: the command whose help tells more.
    init(unknown kind: String, _ name: String, names: [String], command: String? = nil) {
        let hint = NearestName.find(name, among: names, spelt: { $0 }).map { "; did you mean \($0)?" } ?? ""
        let help = command.map { "purser \($0) --help" } ?? "purser --help"
        description = "unknown \(kind) '\(name)'\(hint.isEmpty ? "; see \(help)" : hint)"
    }
}
