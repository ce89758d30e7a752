internal import Platform

/// Header fields in order; a name is found without regard to case (RFC 9110, section 5.1).
///
/// The fields lie one behind the other in one piece of text: a request has ten of them and its answer as many, of which
/// hardly one is ever looked at, so that none is made a string before somebody asks for it.
package struct HTTPHeaders: Hashable, Sendable, ExpressibleByDictionaryLiteral {
    /// One header field.
    package struct Field: Hashable, Sendable {
        package let name: String
        package let value: String
    }

    /// Where a field lies in the text.
    struct Place: Hashable, Sendable {
        let start: Int
        let endOfName: Int
        let end: Int

        var name: Range<Int> { start..<endOfName }
        var value: Range<Int> { endOfName..<end }
    }

    /// Each field's name and, right behind it, its value.
    private(set) var text: [UInt8] = []
    /// The fields' places, in order.
    private(set) var places: [Place] = []

    package init(dictionaryLiteral elements: (String, String)...) {
        for (name, value) in elements { append(name, value) }
    }

    /// The fields, in order.
    package var fields: [Field] { places.map { Field(name: string($0.name), value: string($0.value)) } }

    /// The value of the first field of a name; setting it replaces every field of that name.
    package subscript(name: String) -> String? {
        get { places.first { isNamed(name, $0) }.map { string($0.value) } }
        set {
            remove(name)
            if let newValue { append(name, newValue) }
        }
    }

    /// All values of a name as the list that they are (RFC 9110, section 5.3).
    ///
    /// - Parameter name: the fields' name.
    /// - Returns: the values, in order; nil where there is none.
    package func list(_ name: String) -> String? {
        let values = places.filter { isNamed(name, $0) }.map { string($0.value) }
        return values.isEmpty ? nil : values.joined(separator: ", ")
    }

    /// Adds a field at the end.
    ///
    /// - Parameters:
    ///   - name: the field's name.
    ///   - value: its value.
    package mutating func append(_ name: String, _ value: String) {
        append(name.utf8, value.utf8)
    }

    /// Adds a field at the end, as its bytes.
    mutating func append(_ name: some Collection<UInt8>, _ value: some Collection<UInt8>) {
        let start = text.count
        text.append(contentsOf: name)
        let endOfName = text.count
        text.append(contentsOf: value)
        places.append(Place(start: start, endOfName: endOfName, end: text.count))
    }

    /// Makes room, so that nothing moves while fields are added.
    ///
    /// - Parameters:
    ///   - fields: how many more there will be.
    ///   - bytes: how long they will be in all.
    package mutating func reserve(fields: Int, bytes: Int) {
        text.reserveCapacity(text.count + bytes)
        places.reserveCapacity(places.count + fields)
    }

    private mutating func remove(_ name: String) {
        let others = places.filter { !isNamed(name, $0) }
        guard others.count < places.count else { return }
        let old = self
        self = [:]
        for place in others { append(old.text[place.name], old.text[place.value]) }
    }

    private func string(_ range: Range<Int>) -> String { String(decoding: text[range], as: UTF8.self) }

    private func isNamed(_ name: String, _ place: Place) -> Bool { ASCIIName.isSame(text[place.name], name.utf8) }
}
