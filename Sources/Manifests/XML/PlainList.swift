/// A list of plain values in memory of its own.
///
/// An array asks the runtime at each change whether another one shares its memory. That question would be a good part
/// of what a cell of a sheet costs, as each is several events, attributes and pieces of text. This list can't be copied,
/// so that there is nothing to ask.
@safe struct PlainList<Element: BitwiseCopyable>: ~Copyable {
    private(set) var count = 0
    private var start: UnsafeMutablePointer<Element>
    private var capacity = 64

    /// Makes an empty list.
    init() { unsafe start = .allocate(capacity: capacity) }

    deinit { unsafe start.deallocate() }

    /// The element at a position.
    subscript(position: Int) -> Element {
        get {
            precondition(position >= 0 && position < count, "no element at \(position)")
            return unsafe start[position]
        }
        set {
            precondition(position >= 0 && position < count, "no element at \(position)")
            unsafe start[position] = newValue
        }
    }

    /// Adds an element.
    mutating func append(_ element: Element) {
        if count == capacity { grow(to: count + 1) }
        unsafe (start + count).initialize(to: element)
        count += 1
    }

    /// Adds elements, which are copied.
    mutating func append(contentsOf elements: UnsafeBufferPointer<Element>) {
        guard let first = elements.baseAddress else { return }
        let end = count + elements.count
        if end > capacity { grow(to: end) }
        unsafe (start + count).initialize(from: first, count: elements.count)
        count = end
    }

    /// Adds elements of another list, which are copied.
    mutating func append(_ range: Range<Int>, of other: borrowing PlainList) {
        unsafe append(contentsOf: other.buffer(range))
    }

    /// Forgets all elements, and keeps the memory.
    mutating func removeAll() { count = 0 }

    /// Looks at some elements where they stand.
    func with<Result>(_ range: Range<Int>, _ body: (Span<Element>) -> Result) -> Result {
        unsafe body(buffer(range).span)
    }

    /// Adds some elements to an array.
    func copy(_ range: Range<Int>, to array: inout [Element]) {
        unsafe array.append(contentsOf: buffer(range))
    }

    private func buffer(_ range: Range<Int>) -> UnsafeBufferPointer<Element> {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "no elements at \(range)")
        return unsafe UnsafeBufferPointer(start: start + range.lowerBound, count: range.count)
    }

    @inline(never)
    private mutating func grow(to least: Int) {
        capacity = max(least, capacity * 2)
        let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
        unsafe larger.moveInitialize(from: start, count: count)
        unsafe start.deallocate()
        unsafe start = larger
    }
}

extension PlainList<UInt8> {
    /// Some bytes of UTF-8 as text.
    func text(_ range: Range<Int>) -> String {
        with(range) { $0.text }
    }
}
