internal import Jobs

extension StopRequest {
    /// Does some work, and asks it to stop when it takes too long.
    ///
    /// - Parameters:
    ///   - deadline: how long it may take before it is asked; nil for ever.
    ///   - work: the work.
    /// - Returns: what the work returns.
    /// - Throws: what the work throws.
    func request<Result: Sendable>(
        after deadline: Duration?,
        _ work: @Sendable () async throws -> Result
    ) async throws -> Result {
        guard let deadline else { return try await work() }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            defer { group.cancelAll() }
            group.addTask {
                try await ContinuousClock().sleep(for: deadline)
                self.request(.deadline)
            }
            return try await work()
        }
    }
}
