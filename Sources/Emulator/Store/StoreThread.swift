internal import Platform
internal import SQLite
internal import Synchronization

/// The store on a thread of its own.
///
/// While one transaction is being saved the next creates gather, and go to disk together in the one after it.
actor StoreThread {
    /// What is asked of the store; the closures are called on its thread.
    enum Work: Sendable {
        /// Answered once it is on disk; nil where it could not be saved.
        case create(PreparedCreate, @Sendable (StoredAnswer?) -> Void)
        /// Answered from what is on disk.
        case read(@Sendable (CustomerStore) throws -> ServerAnswer, @Sendable (ServerAnswer?) -> Void)
    }

    private struct Waiting: Sendable {
        var work: [Work] = []
        var isScheduled = false
    }

    /// More than that would hold the answers of the first ones back.
    private static let groupLimit = 1024

    private let executor = QueueExecutor("emulator-store")
    private let waiting = Mutex(Waiting())
    private var store: CustomerStore?

    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    /// Opens the store.
    func open(_ place: EmulatorConfiguration.Store) throws(EmulatorError) {
        store = try CustomerStore(place)
    }

    /// Does what is waiting, then closes the store; what comes later is answered with nil.
    func close() {
        drain()
        store?.close()
        store = nil
    }

    /// Takes work; never blocks.
    nonisolated func submit(_ work: Work) {
        let isFirst = waiting.withLock { waiting in
            waiting.work.append(work)
            defer { waiting.isScheduled = true }
            return !waiting.isScheduled
        }
        if isFirst { Task { await drain() } }
    }

    private func drain() {
        while true {
            let group = waiting.withLock { waiting in
                let group = Array(waiting.work.prefix(Self.groupLimit))
                waiting.work.removeFirst(group.count)
                waiting.isScheduled = !group.isEmpty
                return group
            }
            if group.isEmpty { return }
            perform(group)
        }
    }

    private func perform(_ group: [Work]) {
        let creates = group.compactMap { if case .create(let create, _) = $0 { create } else { nil } }
        var answers = commit(creates)[...]
        for work in group {
            switch work {
            case .create(_, let done): done(answers.popFirst())
            case .read(let body, let done): done(read(body))
            }
        }
    }

    /// One answer for each create; none at all where the transaction failed.
    private func commit(_ creates: [PreparedCreate]) -> [StoredAnswer] {
        guard let store, !creates.isEmpty else { return [] }
        do {
            return try store.transaction { try creates.map { try store.create($0) } }
        } catch {
            // Nothing was kept, and each client is told so by a 500.
            return []
        }
    }

    private func read(_ body: (CustomerStore) throws -> ServerAnswer) -> ServerAnswer? {
        do {
            return try store.map(body)
        } catch {
            // The client is told by a 500.
            return nil
        }
    }
}
