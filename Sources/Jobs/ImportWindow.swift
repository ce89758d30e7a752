internal import Checkpoint
internal import Manifests
internal import PartnerCenterClient
internal import Reports

/// The bounded task group that an import runs in: fill to the width, then one out, one in.
///
/// At most one batch is read ahead, so the memory is that of the window and of one batch, whatever the manifests' size.
struct ImportWindow: Sendable {
    let source: RowSource
    let runner: SubmissionRunner
    let service: any CustomerService
    let stop: StopRequest
    let progress: ImportProgress
    /// How many submissions are under way at most, waiting for their turn or for the disk included.
    let width: Int
    /// Whether rows may be sent, or the run is a rehearsal.
    let mode: AdmissionMode
    /// How long requests under way may take to finish after a stop was asked for.
    let drainLimit: Duration
    let clock: any Clock<Duration>

    /// What the group's children come back with.
    private enum Event: Sendable {
        case read(RowSource.Batch)
        case readingFailed(any Error)
        case sent(RowSource.PendingSubmission, Outcome, isToldByRow: Bool)
        case recordingFailed(any Error)
        case stopRequested(StopRequest.Reason)
        case drainLimitReached
        case watcherEnded
    }

    private struct State {
        var ready: ArraySlice<RowSource.PendingSubmission> = []
        var sending = 0
        var isReading = false
        var isAtEnd = false
        var isStopping = false
        /// Whether a signal was among what asked it to stop.
        var isSignalled = false
        /// Whether rows were left unread.
        var isCutShort = false
        var sequence = 0
        var batchSize: Int
        var error: (any Error)?
        var withoutRow: [SettledRequest] = []

        var isWorking: Bool { !isAtEnd || isReading || sending > 0 || !ready.isEmpty }
    }

    /// How an import's rows ended.
    struct End: Sendable {
        /// Whether every manifest was read to its end.
        var isWhole: Bool
        /// The first error that kept something from being read or put on disk.
        var error: (any Error)?
        /// What became of earlier runs' requests that no row's result tells of: no row names them any more, or the one
        /// that does is another's duplicate by now.
        var withoutRow: [SettledRequest]
    }

    /// Reads every row and sends those that need it.
    ///
    /// - Parameter notice: told of what concerns a manifest as a whole and shows only while it is read.
    /// - Returns: how it ended.
    func run(notice: @Sendable (String, ManifestNotice) -> Void) async -> End {
        var state = State(batchSize: width)
        await withTaskGroup(of: Event.self) { group in
            group.addTask { await nextStop() }
            while state.isWorking {
                fill(&group, &state)
                guard let event = await group.next() else { break }
                if case .read(let batch) = event { for each in batch.notices { notice(each.path, each.notice) } }
                handle(event, &group, &state)
            }
            group.cancelAll()
        }
        return End(isWhole: !state.isCutShort, error: state.error, withoutRow: state.withoutRow)
    }

    private func fill(_ group: inout TaskGroup<Event>, _ state: inout State) {
        while state.sending < width, let pending = state.ready.popFirst() {
            state.sending += 1
            state.sequence += 1
            group.addTask { [sequence = state.sequence] in await send(pending, sequence: sequence) }
        }
        guard !state.isReading, !state.isAtEnd, state.ready.isEmpty else { return }
        state.isReading = true
        let mode = mode == .send && (state.isStopping || service.closure() != nil) ? .hold : mode
        group.addTask { [limit = state.batchSize] in await read(limit, mode: mode) }
    }

    private func handle(_ event: Event, _ group: inout TaskGroup<Event>, _ state: inout State) {
        switch event {
        case .read(let batch):
            state.isReading = false
            state.isAtEnd = state.isAtEnd || batch.isLast
            state.ready.append(contentsOf: batch.submissions)
            state.batchSize = batchSize(after: batch, state.batchSize)
            progress.read(rows: batch.rows, settled: batch.settled)
        case .sent(let pending, let outcome, let isToldByRow):
            state.sending -= 1
            progress.sent(outcome, isOfRow: !pending.isWithoutRow)
            if !isToldByRow {
                state.withoutRow.append(SettledRequest(domain: pending.submission.domain, result: outcome.result))
            }
        case .readingFailed(let error):
            state.isReading = false
            giveUp(error, &state)
        case .recordingFailed(let error):
            state.sending -= 1
            giveUp(error, &state)
        case .stopRequested(let reason):
            stop(reason, &group, &state)
        case .drainLimitReached:
            cutOff(&group, &state)
        case .watcherEnded:
            break
        }
    }

    /// Rows that need nothing sent are read in ever larger batches; the first that does brings them back to the
    /// window's width, so that intents are not recorded long before they are needed.
    private func batchSize(after batch: RowSource.Batch, _ size: Int) -> Int {
        batch.submissions.isEmpty ? min(size * 2, 2048) : width
    }

    /// Nothing more is sent; what is under way ends by itself, since the service lets nothing new begin.
    ///
    /// Where a manifest can't be read on, the rows before its fault are sent all the same.
    /// As long as the checkpoint can be written, what is left is read, so that every row has a status.
    private func giveUp(_ error: any Error, _ state: inout State) {
        state.error = state.error ?? error
        if !(error is ManifestError) { service.close() }
        guard !(error is ReportError) else { return }
        state.isCutShort = true
        state.isAtEnd = true
    }

    /// Drains at the first request, and cuts off what is under way at the second signal.
    ///
    /// While it drains, what is left is read, so that every row has a status, but not sent.
    private func stop(_ reason: StopRequest.Reason, _ group: inout TaskGroup<Event>, _ state: inout State) {
        guard !state.isSignalled else { return cutOff(&group, &state) }
        state.isSignalled = reason.isSignal
        group.addTask { await nextStop() }
        guard !state.isStopping else { return }
        state.isStopping = true
        service.close()
        group.addTask {
            do {
                try await clock.sleep(for: drainLimit)
                return .drainLimitReached
            } catch {
                return .watcherEnded
            }
        }
    }

    /// Requests under way are cut off, which leaves their outcomes open, and nothing more is read.
    private func cutOff(_ group: inout TaskGroup<Event>, _ state: inout State) {
        state.isCutShort = state.isCutShort || !state.isAtEnd
        state.isAtEnd = true
        group.cancelAll()
    }

    private func nextStop() async -> Event {
        for await reason in stop.requests { return .stopRequested(reason) }
        return .watcherEnded
    }

    private func read(_ limit: Int, mode: AdmissionMode) async -> Event {
        do {
            return .read(try await source.next(limit, mode: mode))
        } catch {
            return .readingFailed(error)
        }
    }

    private func send(_ pending: RowSource.PendingSubmission, sequence: Int) async -> Event {
        do {
            let row = pending.changedRow
            let (outcome, isToldByRow) = try await runner.run(pending.submission, changed: row, sequence: sequence)
            return .sent(pending, outcome, isToldByRow: isToldByRow)
        } catch {
            return .recordingFailed(error)
        }
    }
}
