/// The cells of a record: their UTF-8 in one run of bytes, and where in it each of them stands.
///
/// Twenty cells are two pieces of memory then, and not twenty; a text is made of a cell only where somebody asks for
/// one. What the bytes hold between the cells, such as the delimiters of a line that was copied as a whole, means
/// nothing.
package struct RecordCells: Sendable {
    /// What the cells stand in; the bytes of each are valid UTF-8.
    package private(set) var bytes: [UInt8]
    @usableFromInline var places: [Place]

    /// Where a cell stands in the bytes; half the size of a range, as a record has many.
    @usableFromInline
    struct Place: BitwiseCopyable, Sendable {
        @usableFromInline let start, end: UInt32

        init(_ range: Range<Int>) { (start, end) = (UInt32(range.lowerBound), UInt32(range.upperBound)) }
    }

    /// Makes cells of texts.
    ///
    /// - Parameter texts: the cells.
    package init(_ texts: some Sequence<String>) {
        (bytes, places) = ([], [])
        for text in texts { append(text.utf8Span.span) }
    }

    /// Makes empty cells, to be filled.
    ///
    /// - Parameter count: how many.
    package init(empty count: Int = 0) {
        (bytes, places) = ([], [Place](repeating: Place(0..<0), count: count))
    }

    /// Makes cells of bytes that they stand in.
    ///
    /// - Parameters:
    ///   - bytes: the bytes, of which those of the cells must be valid UTF-8.
    ///   - count: how many cells there are.
    ///   - range: where a cell stands.
    init(copying bytes: Span<UInt8>, count: Int, at range: (Int) -> Range<Int>) {
        unsafe self.bytes = bytes.withUnsafeBufferPointer { unsafe [UInt8]($0) }
        // To append each would ask each time whether the list is shared, and has room.
        unsafe places = [Place](unsafeUninitializedCapacity: count) { list, end in
            for position in 0..<count {
                let range = range(position)
                precondition(range.upperBound <= bytes.count, "a cell beyond its record")
                unsafe list.initializeElement(at: position, to: Place(range))
            }
            end = count
        }
    }

    /// Begins without cells.
    ///
    /// - Parameter count: how many will be added.
    init(reservingCells count: Int) {
        self.init()
        places.reserveCapacity(count)
    }

    /// Adds a cell.
    ///
    /// - Parameter cell: its bytes; what is no UTF-8 among them becomes U+FFFD.
    mutating func append(_ cell: Span<UInt8>) { places.append(put(cell)) }

    /// Adds a cell of bytes that were checked before.
    ///
    /// - Parameter cell: its bytes, which must be valid UTF-8.
    mutating func append(valid cell: Span<UInt8>) {
        let start = bytes.count
        unsafe cell.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
        places.append(Place(start..<bytes.count))
    }

    /// Forgets all cells, and keeps the memory.
    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        places.removeAll(keepingCapacity: true)
    }

    /// Changes a cell.
    ///
    /// - Parameters:
    ///   - position: the cell's position, from 0.
    ///   - cell: its bytes; what is no UTF-8 among them becomes U+FFFD.
    mutating func set(_ position: Int, to cell: Span<UInt8>) { places[position] = put(cell) }

    /// Puts a cell's bytes behind all others; what a cell had before stays there, unused.
    private mutating func put(_ cell: Span<UInt8>) -> Place {
        let start = bytes.count
        unsafe cell.withUnsafeBufferPointer { cell in
            if unsafe cell.span.isASCII || cell.span.isUTF8 {
                unsafe bytes.append(contentsOf: cell)
            } else {
                unsafe bytes.append(contentsOf: cell.span.text.utf8)
            }
        }
        return Place(start..<bytes.count)
    }

    /// Where a cell's bytes stand; `cells.bytes.span.extracting(cells.range(of: 0))` is the first cell.
    ///
    /// - Parameter position: the cell's position, from 0.
    /// - Returns: the place in `bytes`.
    @inlinable
    package func range(of position: Int) -> Range<Int> {
        let place = places[position]
        return Int(place.start)..<Int(place.end)
    }

    /// Whether a cell has no character at all.
    ///
    /// - Parameter position: the cell's position, from 0.
    /// - Returns: whether it is empty.
    @inlinable
    package func isEmpty(at position: Int) -> Bool { range(of: position).isEmpty }

    /// How many cells have no character at all.
    var emptyCount: Int {
        var count = 0
        for place in places where place.start == place.end { count += 1 }
        return count
    }

    /// Whether a cell has nothing but white space.
    ///
    /// - Parameter position: the cell's position, from 0.
    /// - Returns: whether it is blank.
    package func isBlank(at position: Int) -> Bool {
        bytes.span.extracting(range(of: position)).isBlankText
    }
}

extension RecordCells: RandomAccessCollection, MutableCollection {
    @inlinable package var startIndex: Int { 0 }
    @inlinable package var endIndex: Int { places.count }
    @inlinable package var indices: Range<Int> { 0..<places.count }
    @inlinable package var count: Int { places.count }

    /// The text of a cell, which is made here.
    package subscript(position: Int) -> String {
        get { bytes.span.extracting(range(of: position)).validText }
        set { set(position, to: newValue.utf8Span.span) }
    }
}

extension RecordCells: Hashable {
    package static func == (one: RecordCells, other: RecordCells) -> Bool { one.elementsEqual(other) }

    package func hash(into hasher: inout Hasher) { for cell in self { hasher.combine(cell) } }
}

extension Span<UInt8> {
    /// The text of bytes that are known to be valid UTF-8.
    package var validText: String {
        // Most are ASCII, and a string that knows that it is one is the quicker for it.
        if let text = textOfASCII { return text }
        return unsafe String(copying: UTF8Span(unchecked: self))
    }

    /// The text of bytes in UTF-8; what is none among them is U+FFFD.
    var text: String {
        // Nearly every text is ASCII, which needs no second look.
        if let text = textOfASCII { return text }
        return unsafe withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
    }

    /// Whether the bytes are valid UTF-8.
    var isUTF8: Bool {
        do {
            _ = try UTF8Span(validating: self)
            return true
        } catch {
            return false
        }
    }

    /// Whether a text in valid UTF-8 has nothing but white space.
    var isBlankText: Bool {
        // Every row is asked this: where the first byte tells, there is no need for a text.
        guard !isEmpty else { return true }
        if (0x21...0x7F).contains(self[0]) { return false }
        return validText.allSatisfy(\.isWhitespace)
    }
}
