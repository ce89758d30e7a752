internal import Jobs
internal import PartnerCenterClient
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
    private let service: @Sendable () -> ServiceCounts
    private let count: @Sendable () async -> Int?

    /// Makes a line.
    ///
    /// - Parameters:
    ///   - mode: when it is shown.
    ///   - progress: what the import has done so far.
    ///   - console: where it is shown.
    ///   - service: what the service was asked so far.
    ///   - count: counts the rows in all, beside the import; nil where nobody knows.
    init(
        _ mode: Mode,
        _ progress: ImportProgress,
        _ console: Console,
        service: @escaping @Sendable () -> ServiceCounts,
        count: @escaping @Sendable () async -> Int?
    ) {
        isShown = mode == .always || mode == .auto && StandardStream.error.isTerminal
        self.progress = progress
        self.console = console
        self.service = service
        self.count = count
    }

    /// Shows the line while something runs.
    ///
    /// - Parameter work: what runs.
    /// - Returns: what the work returns.
    /// - Throws: what the work throws.
    func shown<Result: Sendable>(during work: @Sendable () async throws -> Result) async throws -> Result {
        guard isShown, !StandardStream.isHeld else { return try await work() }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await tick() }
            group.addTask { if let total = await count() { progress.expect(rows: total) } }
            defer { group.cancelAll() }
            return try await work()
        }
    }

    private func tick() async {
        let clock = ContinuousClock()
        let start = clock.now
        var pace = Pace()
        while !Task.isCancelled {
            let rows = progress.snapshot
            pace.add(rows.done, at: clock.now - start)
            console.overwrite(Self.text(rows, service(), rate: pace.rate))
            do { try await clock.sleep(for: .milliseconds(500)) } catch { break }
        }
        console.overwrite("")
    }

    /// `120 of 500 rows (41/s), 118 created, 2 need attention, 8 in flight, paused for 12 s, 9 s left`.
    ///
    /// - Parameters:
    ///   - rows: what the import has done so far.
    ///   - service: what the service was asked so far.
    ///   - rate: how many rows a second are done at present.
    /// - Returns: the line.
    static func text(_ rows: ImportProgress.Snapshot, _ service: ServiceCounts, rate: Double) -> String {
        let total = rows.total.map { " of \(max($0, rows.read)) rows" } ?? " rows, \(rows.read) read"
        var parts = [
            "\(rows.done)\(total) (\(rate < 10 ? "\(Double(Int(rate * 10)) / 10)" : "\(Int(rate))")/s)",
            "\(rows.created) created", "\(rows.troubled) need attention", "\(service.inFlight) in flight",
        ]
        if service.pause > .zero {
            parts.append("paused for \(time(service.pause))")
        } else if service.throttled > .seconds(1) {
            parts.append("throttled \(time(service.throttled))")
        }
        if let total = rows.total, rate > 0, total > rows.done {
            parts.append("\(time(.seconds(Double(total - rows.done) / rate))) left")
        }
        return parts.joined(separator: ", ")
    }

    /// `9 s`, `4 min`, `2 h 10 min`: as exact as anybody can say.
    private static func time(_ duration: Duration) -> String {
        let seconds = Int(duration.components.seconds) + 1
        guard seconds > 90 else { return "\(seconds) s" }
        let minutes = (seconds + 30) / 60
        return minutes < 60 ? "\(minutes) min" : "\(minutes / 60) h \(minutes % 60) min"
    }
}

/// How many rows a second are done at present: those of the last ten seconds, so that a pause shows.
struct Pace: Sendable {
    private var marks: [(rows: Int, time: Duration)] = []

    /// Notes how many rows are done by now.
    ///
    /// - Parameters:
    ///   - rows: the number.
    ///   - time: the time since the beginning.
    mutating func add(_ rows: Int, at time: Duration) {
        marks.append((rows, time))
        while marks.count > 2, time - marks[1].time >= .seconds(10) { marks.removeFirst() }
    }

    /// Rows a second.
    var rate: Double {
        guard let first = marks.first, let last = marks.last, last.time > first.time else { return 0 }
        return Double(last.rows - first.rows) / ((last.time - first.time) / .seconds(1))
    }
}
