/// A line that is served from the front and may be left from anywhere, each in constant time.
///
/// Who comes takes a place first and joins at it afterwards; who leaves before joining never joins.
struct WaitingLine<Element> {
    private var announced: Set<Int> = []
    private var waiting: [Int: Element] = [:]
    /// The places in order; those that were left are skipped.
    private var order: [Int] = []
    private var front = 0
    private var lastPlace = 0

    /// Whether nobody waits.
    var isEmpty: Bool { waiting.isEmpty }

    /// How many wait.
    var count: Int { waiting.count }

    /// How much room the line takes, empty places included.
    var length: Int { order.count + announced.count }

    /// Hands out a place.
    ///
    /// - Returns: its number.
    mutating func newPlace() -> Int {
        lastPlace += 1
        announced.insert(lastPlace)
        return lastPlace
    }

    /// Waits at the end of the line.
    ///
    /// - Parameters:
    ///   - place: a number from `newPlace`.
    ///   - element: who waits.
    /// - Returns: false where the place was left already.
    mutating func join(at place: Int, _ element: Element) -> Bool {
        guard announced.remove(place) != nil else { return false }
        waiting[place] = element
        order.append(place)
        return true
    }

    /// Gives up a place, whether joined at or not.
    ///
    /// - Parameter place: a number from `newPlace`.
    /// - Returns: who waited there; nil where nobody does, or not any more.
    mutating func leave(_ place: Int) -> Element? {
        announced.remove(place)
        defer { compact() }
        return waiting.removeValue(forKey: place)
    }

    /// Serves the one at the front.
    ///
    /// - Returns: who waited longest; nil where nobody waits.
    mutating func removeFirst() -> Element? {
        while front < order.count {
            let place = order[front]
            front += 1
            if let element = waiting.removeValue(forKey: place) {
                compact()
                return element
            }
        }
        return nil
    }

    /// Serves everybody.
    ///
    /// - Returns: who waited, the longest first.
    mutating func removeAll() -> [Element] {
        var all: [Element] = []
        while let element = removeFirst() { all.append(element) }
        return all
    }

    /// Drops the empty places once they are most of the line, so that it takes no more room than those who wait.
    private mutating func compact() {
        guard order.count > 2 * waiting.count + 32 else { return }
        order = order[front...].filter { waiting[$0] != nil }
        front = 0
    }
}
