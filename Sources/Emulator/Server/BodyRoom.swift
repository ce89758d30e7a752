internal import Synchronization

/// How much memory the bodies of all requests may take together, so that many large ones can't exhaust it.
final class BodyRoom: Sendable {
    /// The most bytes of one body.
    let bodyLimit: Int
    private let limit: Int
    private let held = Atomic(0)

    init(bodyLimit: Int, limit: Int) {
        self.bodyLimit = bodyLimit
        self.limit = limit
    }

    /// Takes room.
    ///
    /// - Parameter count: the bytes.
    /// - Returns: whether there was room for them.
    func take(_ count: Int) -> Bool {
        if held.add(count, ordering: .relaxed).newValue <= limit { return true }
        giveBack(count)
        return false
    }

    /// Gives room back that was taken.
    ///
    /// - Parameter count: the bytes.
    func giveBack(_ count: Int) { held.subtract(count, ordering: .relaxed) }
}
