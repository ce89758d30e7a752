internal import SQLite

/// Why a local Partner Center could not be started.
package struct EmulatorError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong and what to do, one sentence.
    package let message: String

    package var description: String { message }

    init(_ message: String) {
        self.message = message
    }

    /// An error of the store, in words for the person who gave its path.
    init(store path: String, _ error: SQLiteError) {
        let message =
            switch error.code {
            case .busy: "\(path): another process uses this store; stop it, or give another --store"
            case .notADatabase: "\(path): not an emulator's store; give another --store"
            case .corrupt: "\(path): the store is damaged; give another --store, or remove it"
            default: "\(path): can't use the store: \(error.message)"
            }
        self.init(message)
    }
}
