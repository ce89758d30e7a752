/// Why a checkpoint can't be used.
package struct CheckpointError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Which kind of trouble it is, as the exit code tells it.
    package enum Kind: Hashable, Sendable {
        /// Another run holds it: exit 75.
        case held
        /// It is damaged, not a checkpoint, or of a newer version; left as it is: exit 78.
        case foreign
        /// It can't be written: exit 73.
        case unwritable
    }

    package let kind: Kind
    /// The checkpoint's path, as it was given.
    package let path: String
    /// What is wrong and what to do, one sentence.
    package let message: String

    package init(_ kind: Kind, path: String, message: String) {
        self.kind = kind
        self.path = path
        self.message = message
    }

    package var description: String { "\(path): \(message)" }
}
