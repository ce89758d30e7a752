/// Work on many things, a few at a time.
enum BoundedConcurrency {
    /// Transforms elements concurrently and keeps their order.
    ///
    /// - Parameters:
    ///   - elements: what is worked on.
    ///   - limit: how many at once, at most.
    ///   - transform: the work on one.
    /// - Returns: the results, in the elements' order.
    /// - Throws: what the work on one throws first; the rest is cancelled then.
    static func map<Element: Sendable, Value: Sendable>(
        _ elements: [Element],
        atMost limit: Int,
        _ transform: @escaping @Sendable (Element) async throws -> Value
    ) async throws -> [Value] {
        var values = [Value?](repeating: nil, count: elements.count)
        try await withThrowingTaskGroup(of: (Int, Value).self) { group in
            var next = elements.indices.makeIterator()
            func add(_ group: inout ThrowingTaskGroup<(Int, Value), any Error>) {
                guard let index = next.next() else { return }
                let element = elements[index]
                group.addTask { (index, try await transform(element)) }
            }
            for _ in 0..<limit { add(&group) }
            while let (index, value) = try await group.next() {
                values[index] = value
                add(&group)
            }
        }
        return values.compactMap { $0 }
    }
}

extension StopRequest {
    /// Does work that only reads, and cuts it off where a stop is asked for: nothing is lost by that.
    ///
    /// - Parameters:
    ///   - close: lets no further request begin.
    ///   - work: the work.
    /// - Returns: what the work returns.
    /// - Throws: what the work throws, also where it was cut off.
    func cuttingOff<Value: Sendable>(
        close: @escaping @Sendable () -> Void,
        _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let result = await withTaskGroup(of: Result<Value, any Error>?.self) { group in
            group.addTask {
                do { return .success(try await work()) } catch { return .failure(error) }
            }
            group.addTask { [requests] in
                for await _ in requests {
                    close()
                    return .failure(CancellationError())
                }
                return nil
            }
            var failure: (any Error)?
            while let event = await group.next() {
                guard let event else { continue }
                group.cancelAll()
                if case .success = event { return event }
                // The work's own error is the one that tells; it comes after the stop's.
                if case .failure(let error) = event, failure == nil || !(error is CancellationError) { failure = error }
            }
            return .failure(failure ?? CancellationError())
        }
        return try result.get()
    }
}
