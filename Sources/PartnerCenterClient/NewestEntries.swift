/// Values by name, of which only the newest are kept.
struct NewestEntries: Sendable {
    /// How many are kept.
    private let most: Int
    private var values: [String: String] = [:]
    /// The names in the order they came; a ring, where it is full.
    private var names: [String] = []
    private var oldest = 0

    init(most: Int) { self.most = most }

    subscript(_ name: String) -> String? { values[name] }

    /// Keeps a value; where the name has one already, it takes its place and is as old.
    mutating func keep(_ value: String, of name: String) {
        guard values.updateValue(value, forKey: name) == nil else { return }
        guard names.count == most else { return names.append(name) }
        values[names[oldest]] = nil
        names[oldest] = name
        oldest = (oldest + 1) % most
    }
}
