internal import Dispatch
internal import Synchronization

/// The store on a thread of its own.
///
/// While one transaction is being saved the next creates gather, and go to disk together in the one after it.
/// It is a queue rather than an actor: work must begin also while the cooperative pool is busy or blocked, as it may
/// be in the process that uses the embedded service.
final class StoreThread: Sendable {
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

    private let queue = DispatchQueue(label: "emulator-store")
    private let waiting = Mutex(Waiting())
    /// Touched on the queue alone.
    nonisolated(unsafe) private var store: CustomerStore?

    /// Opens the store.
    func open(_ place: EmulatorConfiguration.Store) async throws(EmulatorError) {
        let opened = await onQueue { () -> Result<Void, EmulatorError> in
            do throws(EmulatorError) {
                unsafe self.store = try CustomerStore(place)
                return .success(())
            } catch {
                return .failure(error)
            }
        }
        try opened.get()
    }

    /// Does what is waiting, then closes the store; what comes later is answered with nil.
    func close() async {
        await onQueue {
            self.drain()
            unsafe self.store?.close()
            unsafe self.store = nil
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
            waiting.work.append(work)
            defer { waiting.isScheduled = true }
            return !waiting.isScheduled
        }
        if isFirst { queue.async { self.drain() } }
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
        guard let store = unsafe store, !creates.isEmpty else { return [] }
        do {
            return try store.transaction { try creates.map { try store.create($0) } }
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
