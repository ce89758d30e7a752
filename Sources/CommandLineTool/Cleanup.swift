/// Does some work, then gives back what it held, whether the work succeeded or not.
///
/// It stands in for `defer`, which can't wait. The work's error comes first: what follows from it is not told.
///
/// - Parameters:
///   - close: gives back what the work held.
///   - work: the work.
/// - Returns: what the work returns.
/// - Throws: what the work throws, else what giving back throws.
func closing<Result>(
    _ close: () async throws -> Void,
    _ work: () async throws -> Result
) async throws -> Result {
    let result: Result
    do {
        result = try await work()
    } catch {
        do { try await close() } catch {}
        throw error
    }
    try await close()
    return result
}
