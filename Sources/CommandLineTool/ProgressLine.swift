internal import Jobs
internal import Platform

/// A line on standard error that says how far an import is, twice a second.
struct ProgressLine: Sendable {
    /// When it is shown.
    enum Mode: String, CaseIterable, Sendable {
        /// Where standard error is a terminal.
        case auto
        case always
        case never
    }

    private let isShown: Bool
    private let console: Console
    private let progress: ImportProgress

    init(_ mode: Mode, _ progress: ImportProgress, _ console: Console) {
        isShown = mode == .always || mode == .auto && StandardStream.error.isTerminal
        self.progress = progress
        self.console = console
    }

    /// Shows the line while something runs.
    ///
    /// - Parameter work: what runs.
    /// - Returns: what the work returns.
    /// - Throws: what the work throws.
    func shown<Result: Sendable>(during work: @Sendable () async throws -> Result) async throws -> Result {
        guard isShown else { return try await work() }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await tick() }
            defer { group.cancelAll() }
            return try await work()
        }
    }

    private func tick() async {
        let clock = ContinuousClock()
        let start = clock.now
        while !Task.isCancelled {
            let counts = progress.snapshot
            let seconds = max(1, (clock.now - start).components.seconds)
            let rate = Int64(counts.done) / seconds
            console.overwrite(
                "\(counts.read) rows read, \(counts.done) done (\(rate)/s), \(counts.created) created, "
                    + "\(counts.troubled) need attention"
            )
            do { try await clock.sleep(for: .milliseconds(500)) } catch { break }
        }
        console.overwrite("")
    }
}
