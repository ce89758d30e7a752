internal import CMicroHTTPD

/// The system's random numbers, fetched many at a time: a call to the system for each would show in every answer.
struct BufferedGenerator: RandomNumberGenerator, Sendable {
    private var numbers: [UInt64] = []
    private var system = SystemRandomNumberGenerator()

    mutating func next() -> UInt64 {
        if numbers.isEmpty { refill() }
        return numbers.popLast() ?? system.next()
    }

    private mutating func refill() {
        let count = 256
        numbers = unsafe [UInt64](unsafeUninitializedCapacity: count) { buffer, filled in
            let wanted = count * MemoryLayout<UInt64>.stride
            // Where the system gives fewer, the numbers are taken from it one by one.
            filled = unsafe getrandom(buffer.baseAddress, wanted, 0) == wanted ? count : 0
        }
    }
}
