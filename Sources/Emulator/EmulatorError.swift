internal import SQLite

/// Why a local Partner Center could not be started.
package struct EmulatorError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Which kind of trouble it is, as the exit code tells it.
    package enum Kind: Hashable, Sendable {
        /// Another process uses the store: exit 75.
        case busy
        /// The store is damaged, none, or of another version, and left as it is; or a scenario is wrong: exit 78.
        case foreign
        /// The store can't be read or written, or the port not be listened on: exit 73.
        case unusable
    }

    package let kind: Kind
    /// What is wrong and what to do, one sentence.
    package let message: String

    package var description: String { message }

    init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    /// An error of the store, in words for the person who gave its path.
    init(store path: String, _ error: SQLiteError) {
        switch error.code {
        case .busy:
            self.init(.busy, "\(path): another process uses this store; stop it, or give another --store")
        case .notADatabase:
            self.init(.foreign, "\(path): not an emulator's store; give another --store")
        case .corrupt:
            self.init(.foreign, "\(path): the store is damaged; give another --store, or remove it")
        default:
            self.init(.unusable, "\(path): can't use the store: \(error.message)")
        }
    }
}
