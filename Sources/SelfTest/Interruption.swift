/// What befalls a run of `purser import`.
enum Interruption: Hashable, Sendable {
    /// It is killed.
    case kill(after: Duration)
    /// It is asked to stop, and killed once it writes its reports.
    case killInReports(stopAfter: Duration)
    /// It is asked to stop.
    case stop(after: Duration)
    /// It is asked to stop twice.
    case stopTwice(after: Duration, pause: Duration)
    /// The service is killed, comes back, and then the run is killed.
    case killService(after: Duration, absence: Duration, killAfter: Duration)

    /// The longest time that a run is left alone: about as long as a round's rows take.
    private static let longest = 700

    /// Draws one.
    ///
    /// - Parameter generator: the round's random source.
    init(using generator: inout some RandomNumberGenerator) {
        func draw(_ range: ClosedRange<Int>) -> Duration { .milliseconds(Int.random(in: range, using: &generator)) }
        switch Int.random(in: 0..<100, using: &generator) {
        // The first milliseconds: the checkpoint is made, opened or mended.
        case 0..<25: self = .kill(after: .microseconds(Int.random(in: 0...30_000, using: &generator)))
        case 25..<60: self = .kill(after: draw(30...Self.longest))
        case 60..<75: self = .killInReports(stopAfter: draw(0...Self.longest))
        case 75..<82: self = .stop(after: draw(0...Self.longest))
        case 82..<90: self = .stopTwice(after: draw(0...Self.longest), pause: draw(0...60))
        default:
            self = .killService(after: draw(0...Self.longest), absence: draw(0...200), killAfter: draw(0...400))
        }
    }
}
