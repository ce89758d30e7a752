package import Platform

/// Tells the files of an inbox that are whole from those that somebody is still at work on.
///
/// A file is taken for whole when a second look, some time after the first, finds the same file with the same size and
/// time of change, and no program on this machine that has it open to write to it. One with nothing in it must have
/// been so for some minutes.
package actor InboxWatch {
    /// What may be taken, and what is left for the next run.
    package struct Selection: Hashable, Sendable {
        /// The files to import as they were found, by path.
        package var states: [String: FileState] = [:]
        /// Their paths, in the order they were given.
        package var ready: [String] = []
        /// The files that are still being written.
        package var growing: [String] = []

        package init() {}
    }

    /// How long a file with nothing in it is taken for one that its content is still to come to.
    private static let emptyFileAge: Int64 = 300_000

    private let executor = QueueExecutor("purser.inbox")
    private let interval: Duration
    private let clock: any Clock<Duration>
    private let now: @Sendable () -> Timestamp
    private let look: @Sendable (String) -> FileState?

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Makes a watch.
    ///
    /// - Parameters:
    ///   - interval: the time between the two looks.
    ///   - clock: measures that time.
    ///   - now: tells civil time.
    ///   - look: tells a file's state; nil where there is none.
    package init(
        interval: Duration,
        clock: any Clock<Duration> = ContinuousClock(),
        now: @escaping @Sendable () -> Timestamp = Timestamp.now,
        look: @escaping @Sendable (String) -> FileState? = { FileState(of: $0) }
    ) {
        self.interval = interval
        self.clock = clock
        self.now = now
        self.look = look
    }

    /// Watches files, all at the same time; one that is taken away meanwhile is passed over.
    ///
    /// Of several names of one file the first counts.
    ///
    /// - Parameter paths: the files' paths.
    /// - Returns: which of them are whole.
    /// - Throws: `CancellationError` where the task is cancelled.
    package func select(_ paths: [String]) async throws -> Selection {
        var seen: Set<String> = []
        let files = paths.filter { seen.insert(Folder.absolute($0)).inserted }
        let before = files.map(look)
        guard before.contains(where: { $0 != nil }) else { return Selection() }
        try await clock.sleep(for: interval)
        var selection = Selection()
        for (path, earlier) in zip(files, before) {
            guard let earlier, let state = look(path) else { continue }
            if state == earlier, !state.isOpenForWriting, !isAwaitingContent(state) {
                selection.states[path] = state
                selection.ready.append(path)
            } else {
                selection.growing.append(path)
            }
        }
        return selection
    }

    private func isAwaitingContent(_ state: FileState) -> Bool {
        let age = now().milliseconds - state.modified.milliseconds
        // A clock that is behind the file server's by more than that says nothing.
        return state.size == 0 && abs(age) < Self.emptyFileAge
    }

    /// Whether a name belongs to a file that somebody is at work on, or that only a program needs.
    ///
    /// - Parameter name: the file's name.
    /// - Returns: true for hidden files, Office's and LibreOffice's locks, and what downloads and copies are called.
    package static func isPassedOver(_ name: String) -> Bool {
        let name = name.lowercased()
        return name.hasPrefix(".") || name.hasPrefix("~$")
            || [".part", ".filepart", ".partial", ".crdownload", ".tmp"].contains { name.hasSuffix($0) }
    }
}
