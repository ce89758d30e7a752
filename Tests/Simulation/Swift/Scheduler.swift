internal import Platform

/// A promise that did not hold.
struct BrokenPromise: Hashable {
    let promise: String
    let detail: String
}

/// Runs all jobs of the process on one thread, in an order that a seed chooses, under a clock of its own.
///
/// Time passes a little with every job, and to the next event where no job can run.
final class Scheduler: QueueExecutor.JobRunner, @unchecked Sendable {
    /// The one that the runtime's hooks know.
    static let shared = Scheduler()

    /// The jobs of one executor, which run in the order they came.
    private struct Lane {
        let executor: QueueExecutor
        var jobs: [UnownedJob] = []
        /// Until when it is busy, as with a slow disk.
        var notBefore: Int64
    }

    private struct Event {
        let time: Int64
        let number: Int
        /// The life of the process that it belongs to; nil where it happens whatever becomes of the process.
        let life: Int?
        let action: () -> Void
    }

    private var generator = SeededGenerator(seed: 0)
    private var jobs: [UnownedJob] = []
    private var lanes: [Lane] = []
    /// Sorted by time, the next one last.
    private var events: [Event] = []
    private var eventCount = 0
    /// Nanoseconds since the seed's beginning.
    private(set) var now: Int64 = 0
    /// Counts the lives of the simulated process.
    private(set) var life = 0
    /// How many jobs were run in this life.
    private(set) var steps = 0
    /// Whether the process has died in this life, though the job that runs goes on to its end.
    private(set) var isDead = false
    /// The first promise that did not hold.
    private(set) var broken: BrokenPromise?
    /// How often the next job is not the one that came first.
    private var disorder = 0.0
    /// How often a job of an executor takes its time, and how long at most.
    private var slowness: (chance: Double, longest: Int64) = (0, 0)
    private(set) var trace = Trace()

    /// Begins another seed.
    ///
    /// - Parameter seed: the seed.
    func begin(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
        jobs = []
        lanes = []
        events = []
        eventCount = 0
        now = 0
        isDead = false
        broken = nil
        life += 1
        steps = 0
        trace = Trace()
        disorder = [0, 0.1, 0.5, 1].randomElement(using: &generator) ?? 1
        slowness =
            Bool.random(using: &generator) ? (0, 0) : (0.02, Int64.random(in: 1...3000, using: &generator) * 1_000_000)
    }

    /// Begins another life of the process: whatever was to be done in the one before never is.
    func beginLife() {
        jobs = []
        lanes = []
        events.removeAll { $0.life != nil }
        life += 1
        steps = 0
        isDead = false
    }

    /// The process is dead from now on.
    func die() { isDead = true }

    func enqueue(_ job: UnownedJob) { jobs.append(job) }

    func enqueue(_ job: UnownedJob, on executor: QueueExecutor) {
        if let index = lanes.firstIndex(where: { $0.executor === executor }) {
            lanes[index].jobs.append(job)
            return
        }
        var notBefore = now
        if slowness.chance > 0, Double.random(in: 0..<1, using: &generator) < slowness.chance {
            notBefore += Int64.random(in: 0...slowness.longest, using: &generator)
            at(notBefore, life: life) {}
        }
        lanes.append(Lane(executor: executor, jobs: [job], notBefore: notBefore))
    }

    /// Does something later.
    ///
    /// - Parameters:
    ///   - time: when.
    ///   - life: the life that it belongs to; nil where it happens whatever becomes of the process.
    ///   - action: what to do.
    func at(_ time: Int64, life: Int?, _ action: @escaping () -> Void) {
        eventCount += 1
        let event = Event(time: max(time, now), number: eventCount, life: life, action: action)
        var index = events.endIndex
        while index > 0, (events[index - 1].time, events[index - 1].number) < (event.time, event.number) { index -= 1 }
        events.insert(event, at: index)
    }

    /// Notes that a promise was broken; the seed ends.
    func fail(_ promise: String, _ detail: String) {
        if broken == nil {
            broken = BrokenPromise(promise: promise, detail: detail)
            note("BROKEN: \(promise): \(detail)")
        }
    }

    /// Writes down what happened.
    func note(_ text: @autoclosure () -> String) { trace.add(now, text()) }

    /// Runs jobs and events until something is done.
    ///
    /// - Parameters:
    ///   - limit: the most jobs that may take.
    ///   - afterStep: called after each job.
    ///   - isDone: whether it is done.
    func run(limit: Int, afterStep: () -> Void = {}, until isDone: () -> Bool) {
        while !isDone(), !isDead, broken == nil {
            while let event = events.last, event.time <= now, !isDead {
                events.removeLast()
                event.action()
            }
            if runNextJob() {
                steps += 1
                now += Int64.random(in: 0...40_000, using: &generator)
                afterStep()
                if steps > limit { fail("the run ends", "it has not ended after \(steps) steps") }
            } else if let event = events.last {
                now = max(now, event.time)
            } else if !isDone() {
                fail("the run ends", "nothing is left to do, but it has not ended")
            }
        }
    }

    /// Lets time pass while no process runs: only what needs none happens.
    func pass(_ duration: Int64) {
        let end = now + duration
        while let event = events.last, event.time <= end {
            events.removeLast()
            now = max(now, event.time)
            event.action()
        }
        now = end
    }

    private func runNextJob() -> Bool {
        let open = lanes.indices.filter { lanes[$0].notBefore <= now }
        let count = jobs.count + open.count
        guard count > 0 else { return false }
        let isFirst = Double.random(in: 0..<1, using: &generator) >= disorder
        let choice = isFirst ? 0 : Int.random(in: 0..<count, using: &generator)
        if choice < jobs.count {
            Runtime.run(jobs.remove(at: choice))
        } else {
            let lane = lanes[open[choice - jobs.count]]
            let job = lanes[open[choice - jobs.count]].jobs.removeFirst()
            if lane.jobs.count == 1 { lanes.remove(at: open[choice - jobs.count]) }
            job.runSynchronously(on: lane.executor.asUnownedSerialExecutor())
        }
        return true
    }
}

/// What happened in a seed: its end as text, and all of it as one number.
struct Trace {
    private(set) var digest: UInt64 = 0xCBF2_9CE4_8422_2325
    private(set) var lines: [String] = []
    /// Whether lines are printed as they come.
    nonisolated(unsafe) static var isPrinted = false

    mutating func add(_ time: Int64, _ text: String) {
        let milliseconds = time / 1_000_000
        let line = "\(milliseconds / 1000).\(String(1000 + milliseconds % 1000).dropFirst()) \(text)"
        for byte in line.utf8 { digest = (digest ^ UInt64(byte)) &* 0x100_0000_01B3 }
        if Self.isPrinted { print(line) }
        if lines.count >= 400 { lines.removeFirst(200) }
        lines.append(line)
    }
}

/// The simulation's clock, which the jobs are given.
struct SimulatedClock: Clock {
    struct Instant: InstantProtocol, Hashable {
        let nanoseconds: Int64

        func advanced(by duration: Duration) -> Instant { Instant(nanoseconds: nanoseconds + duration.nanoseconds) }
        func duration(to other: Instant) -> Duration { .nanoseconds(other.nanoseconds - nanoseconds) }
        static func < (left: Instant, right: Instant) -> Bool { left.nanoseconds < right.nanoseconds }
    }

    /// The moment of civil time at which every seed begins.
    static let beginning: Int64 = 1_800_000_000_000

    var now: Instant { Instant(nanoseconds: Scheduler.shared.now) }
    var minimumResolution: Duration { .nanoseconds(1) }

    /// Civil time.
    static var civil: Timestamp { Timestamp(milliseconds: beginning + Scheduler.shared.now / 1_000_000) }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        try Task.checkCancellation()
        let sleeper = Waiter<Void>()
        try await withTaskCancellationHandler {
            try await withUnsafeThrowingContinuation { continuation in
                sleeper.wait(continuation)
                let scheduler = Scheduler.shared
                scheduler.at(deadline.nanoseconds, life: scheduler.life) { sleeper.end(.success(())) }
            }
        } onCancel: {
            sleeper.end(.failure(CancellationError()))
        }
    }
}

/// Somebody who waits for something that happens once.
final class Waiter<Value: Sendable>: @unchecked Sendable {
    private var continuation: UnsafeContinuation<Value, any Error>?
    private var result: Result<Value, any Error>?

    func wait(_ continuation: UnsafeContinuation<Value, any Error>) {
        if let result { return continuation.resume(with: result) }
        self.continuation = continuation
    }

    /// Whether it has happened.
    var isOver: Bool { result != nil }

    /// It happens; only the first time counts.
    func end(_ result: Result<Value, any Error>) {
        guard self.result == nil else { return }
        self.result = result
        continuation.take()?.resume(with: result)
    }
}

extension Duration {
    var nanoseconds: Int64 { components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000 }
}
