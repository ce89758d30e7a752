internal import Dispatch
internal import Synchronization

/// The store on a thread of its own, with a short way for quick reads.
///
/// While one transaction is being saved the next changes gather, and go to disk together in the one after it.
/// It is a queue rather than an actor: work must begin also while the cooperative pool is busy or blocked, as it may
/// be in the process that uses the embedded service.
final class StoreThread: Sendable {
    /// What is asked of the store; the closures are called on its thread.
    enum Work: Sendable {
        /// Answered once it is on disk; nil where it could not be saved.
        case change(@Sendable (CustomerStore) throws -> StoredAnswer, @Sendable (StoredAnswer?) -> Void)
        /// Answered from what is on disk.
        case read(@Sendable (CustomerStore) throws -> ServerAnswer, @Sendable (ServerAnswer?) -> Void)
    }

    private struct Waiting: Sendable {
        var changes: [Work] = []
        var reads: [Work] = []
        var isScheduled = false
    }

    /// More than that would hold the answers of the first ones back.
    private static let groupLimit = 1024
    /// Lists take their time: many of them must not keep a create waiting.
    private static let readLimit = 8

    private let queue = DispatchQueue(label: "emulator-store")
    private let waiting = Mutex(Waiting())
    /// Touched by who holds `turn` alone: the queue, and whoever reads while the queue rests.
    nonisolated(unsafe) private var store: CustomerStore?
    private let turn = Mutex(())

    /// Opens the store.
    ///
    /// - Parameter place: where it is.
    /// - Returns: the tokens that were issued before.
    /// - Throws: `EmulatorError` where it can't be used.
    func open(_ place: EmulatorConfiguration.Store) async throws(EmulatorError) -> [IssuedToken] {
        let opened = await onQueue { () -> Result<[IssuedToken], EmulatorError> in
            do throws(EmulatorError) {
                let store = try CustomerStore(place)
                self.turn.withLock { _ in unsafe self.store = store }
                return .success(try Self.tokens(of: store, at: place))
            } catch {
                return .failure(error)
            }
        }
        return try opened.get()
    }

    private static func tokens(
        of store: CustomerStore,
        at place: EmulatorConfiguration.Store
    ) throws(EmulatorError) -> [IssuedToken] {
        do {
            return try store.tokens()
        } catch {
            let path = if case .file(let path) = place { path } else { "" }
            throw EmulatorError(store: path, error)
        }
    }

    /// Does what is waiting, then closes the store; what comes later is answered with nil.
    func close() async {
        await onQueue {
            self.drain()
            self.turn.withLock { _ in
                unsafe self.store?.close()
                unsafe self.store = nil
            }
        }
    }

    private func onQueue<Result: Sendable>(_ body: @escaping @Sendable () -> Result) async -> Result {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: body()) }
        }
    }

    /// Takes work; never blocks.
    func submit(_ work: Work) {
        let isFirst = waiting.withLock { waiting in
            switch work {
            case .change: waiting.changes.append(work)
            case .read: waiting.reads.append(work)
            }
            defer { waiting.isScheduled = true }
            return !waiting.isScheduled
        }
        if isFirst { queue.async { self.drain() } }
    }

    /// Reads on the caller's thread, unless the store is busy, as while it saves: for reads that take microseconds.
    ///
    /// It sees what is on disk, as the turn is held until a transaction is saved.
    ///
    /// - Parameters:
    ///   - body: what is read.
    ///   - done: called with its answer before this returns, or later where the store is busy.
    func readSoon(
        _ body: @escaping @Sendable (CustomerStore) throws -> ServerAnswer,
        _ done: @escaping @Sendable (ServerAnswer?) -> Void
    ) {
        if let answer = turn.withLockIfAvailable({ _ in read(body) }) { return done(answer) }
        submit(.read(body, done))
    }

    private func drain() {
        while true {
            let group = waiting.withLock { waiting in
                let changes = waiting.changes.prefix(Self.groupLimit)
                let reads = waiting.reads.prefix(Self.readLimit)
                let group = Array(changes + reads)
                waiting.changes.removeFirst(changes.count)
                waiting.reads.removeFirst(reads.count)
                waiting.isScheduled = !group.isEmpty
                return group
            }
            if group.isEmpty { return }
            perform(group)
        }
    }

    private func perform(_ group: [Work]) {
        let changes = group.compactMap { if case .change(let change, _) = $0 { change } else { nil } }
        var answers = turn.withLock { _ in commit(changes) }[...]
        for work in group {
            switch work {
            case .change(_, let done): done(answers.popFirst())
            case .read(let body, let done): done(turn.withLock { _ in read(body) })
            }
        }
    }

    /// One answer for each change; none at all where the transaction failed.
    private func commit(_ changes: [@Sendable (CustomerStore) throws -> StoredAnswer]) -> [StoredAnswer] {
        guard let store = unsafe store, !changes.isEmpty else { return [] }
        do {
            return try store.transaction { try changes.map { try $0(store) } }
        } catch {
            // Nothing was kept, and each client is told so by a 500.
            return []
        }
    }

    private func read(_ body: (CustomerStore) throws -> ServerAnswer) -> ServerAnswer? {
        do {
            return try unsafe store.map(body)
        } catch {
            // The client is told by a 500.
            return nil
        }
    }
}
