internal import Glibc

/// The bytes of the texts and blobs that are bound to a statement, one piece of memory for each parameter.
///
/// SQLite reads them where they lie. Were it to copy them, it would take memory for each value and give it back when the
/// next one is bound, which costs more than all else about a binding.
@safe
struct ParameterMemory: ~Copyable {
    /// Longer values are left to SQLite to copy: this memory is kept for as long as the statement.
    static let longestValue = 1 << 14

    private let pieces: UnsafeMutableBufferPointer<UnsafeMutableRawBufferPointer>

    /// Makes the memory, which grows with what is bound.
    ///
    /// - Parameter count: how many parameters the statement has.
    init(count: Int) {
        unsafe pieces = .allocate(capacity: count)
        unsafe pieces.initialize(repeating: UnsafeMutableRawBufferPointer(start: nil, count: 0))
    }

    deinit {
        for index in unsafe pieces.indices { unsafe pieces[index].deallocate() }
        unsafe pieces.deallocate()
    }

    /// Copies a value into the memory of a parameter.
    ///
    /// - Parameters:
    ///   - value: the value's bytes.
    ///   - index: the parameter, from 1.
    /// - Returns: where its bytes are until the parameter is bound again; nil for a value that SQLite is to copy, or where
    ///   there is no such parameter.
    mutating func hold(_ value: UnsafeRawBufferPointer, at index: Int32) -> UnsafeRawPointer? {
        let position = Int(index) - 1
        guard value.count <= Self.longestValue, unsafe pieces.indices.contains(position) else { return nil }
        if unsafe pieces[position].count < value.count || pieces[position].baseAddress == nil {
            unsafe pieces[position].deallocate()
            // Twice as much as is needed, so that longer values of later rows mostly fit.
            unsafe pieces[position] = .allocate(byteCount: max(32, value.count * 2), alignment: 1)
        }
        unsafe pieces[position].copyMemory(from: value)
        return unsafe UnsafeRawPointer(pieces[position].baseAddress)
    }

    /// Overwrites all that it holds.
    mutating func erase() {
        for index in unsafe pieces.indices {
            guard let start = unsafe pieces[index].baseAddress else { continue }
            unsafe explicit_bzero(start, pieces[index].count)
        }
    }
}
