internal import Synchronization

/// Numbers the requests of one operation in the run's `MS-CV`, so that no two requests of a run have the same one.
final class RequestTrace: Sendable {
    private let vector: CorrelationVector
    private let operation: CorrelationVector.Operation
    private let requests = Atomic(0)

    /// Makes a trace.
    ///
    /// - Parameters:
    ///   - vector: the run's.
    ///   - operation: the operation's place in the run.
    init(_ vector: CorrelationVector, _ operation: CorrelationVector.Operation) {
        self.vector = vector
        self.operation = operation
    }

    /// The vector of the next request.
    func next() -> String {
        let (_, number) = requests.add(1, ordering: .relaxed)
        return vector.extended(operation, request: number)
    }
}
