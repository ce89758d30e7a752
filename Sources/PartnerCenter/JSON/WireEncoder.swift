/// Turns a value into the tree that every wire form is written from.
struct WireEncoder: Encoder {
    /// Where the tree grows.
    private let node: WireNode
    let codingPath: [any CodingKey]
    let userInfo: [CodingUserInfoKey: Any] = [:]

    /// The tree of a value.
    static func tree<T: Encodable>(of value: T) throws -> JSONValue {
        try WireNode.tree(of: value, at: [])
    }

    fileprivate init(node: WireNode, codingPath: [any CodingKey]) {
        self.node = node
        self.codingPath = codingPath
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        node.becomeObject()
        return KeyedEncodingContainer(WireKeyedContainer<Key>(node: node, codingPath: codingPath))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        node.becomeArray()
        return WireUnkeyedContainer(node: node, codingPath: codingPath)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        WireSingleContainer(node: node, codingPath: codingPath)
    }
}

/// A value while it is being encoded.
private final class WireNode {
    /// What is known of an element or a member: its value, or a container that is still being filled.
    enum Slot {
        case value(JSONValue)
        case node(WireNode)

        var value: JSONValue {
            switch self {
            case .value(let value): value
            case .node(let node): node.value
            }
        }
    }

    private enum Content {
        case nothing
        case value(JSONValue)
        case object([(name: String, slot: Slot)])
        case array([Slot])
    }

    private var content = Content.nothing

    static func tree<T: Encodable>(of value: T, at path: @autoclosure () -> [any CodingKey]) throws -> JSONValue {
        // A text says most of what there is to say, and needs no detour through its own encode.
        if let text = value as? String { return .string(text) }
        let node = WireNode()
        try value.encode(to: WireEncoder(node: node, codingPath: path()))
        return node.value
    }

    /// A value that says nothing is an empty object.
    var value: JSONValue {
        switch content {
        case .nothing: .object([])
        case .value(let value): value
        case .object(let members): .object(members.map { JSONMember(name: $0.name, value: $0.slot.value) })
        case .array(let slots): .array(slots.map(\.value))
        }
    }

    var count: Int { if case .array(let slots) = content { slots.count } else { 0 } }

    func becomeObject() { if case .nothing = content { content = .object([]) } }
    func becomeArray() { if case .nothing = content { content = .array([]) } }
    func set(_ value: JSONValue) { content = .value(value) }

    func add(_ slot: Slot, named name: String) {
        guard case .object(var members) = content else { return }
        content = .nothing
        members.append((name, slot))
        content = .object(members)
    }

    func append(_ slot: Slot) {
        guard case .array(var slots) = content else { return }
        content = .nothing
        slots.append(slot)
        content = .array(slots)
    }
}

/// What every container writes in the same way.
private protocol WireContainer {
    var codingPath: [any CodingKey] { get }
}

extension WireContainer {
    /// A number as JSON writes it: whole ones without a point.
    func number<T: BinaryFloatingPoint & CustomStringConvertible & Encodable>(
        _ value: T,
        at path: [any CodingKey]
    ) throws -> JSONValue {
        guard value.isFinite else {
            let context = EncodingError.Context(codingPath: path, debugDescription: "JSON has no such number")
            throw EncodingError.invalidValue(value, context)
        }
        let text = value.description
        return .number(text.hasSuffix(".0") ? String(text.dropLast(2)) : text)
    }
}

private struct WireKeyedContainer<Key: CodingKey>: KeyedEncodingContainerProtocol, WireContainer {
    let node: WireNode
    let codingPath: [any CodingKey]

    private func add(_ value: JSONValue, _ key: Key) { node.add(.value(value), named: key.stringValue) }

    mutating func encodeNil(forKey key: Key) throws { add(.null, key) }
    mutating func encode(_ value: Bool, forKey key: Key) throws { add(.bool(value), key) }
    mutating func encode(_ value: String, forKey key: Key) throws { add(.string(value), key) }
    mutating func encode(_ value: Double, forKey key: Key) throws {
        add(try number(value, at: codingPath + [key]), key)
    }
    mutating func encode(_ value: Float, forKey key: Key) throws { add(try number(value, at: codingPath + [key]), key) }
    mutating func encode(_ value: Int, forKey key: Key) throws { add(.number(String(value)), key) }
    mutating func encode(_ value: Int8, forKey key: Key) throws { add(.number(String(value)), key) }
    mutating func encode(_ value: Int16, forKey key: Key) throws { add(.number(String(value)), key) }
    mutating func encode(_ value: Int32, forKey key: Key) throws { add(.number(String(value)), key) }
    mutating func encode(_ value: Int64, forKey key: Key) throws { add(.number(String(value)), key) }
    mutating func encode(_ value: UInt, forKey key: Key) throws { add(.number(String(value)), key) }
    mutating func encode(_ value: UInt8, forKey key: Key) throws { add(.number(String(value)), key) }
    mutating func encode(_ value: UInt16, forKey key: Key) throws { add(.number(String(value)), key) }
    mutating func encode(_ value: UInt32, forKey key: Key) throws { add(.number(String(value)), key) }
    mutating func encode(_ value: UInt64, forKey key: Key) throws { add(.number(String(value)), key) }
    mutating func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
        add(try WireNode.tree(of: value, at: codingPath + [key]), key)
    }

    private func child(_ name: String) -> WireNode {
        let child = WireNode()
        node.add(.node(child), named: name)
        return child
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type,
        forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        WireEncoder(node: child(key.stringValue), codingPath: codingPath + [key]).container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        WireEncoder(node: child(key.stringValue), codingPath: codingPath + [key]).unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder { WireEncoder(node: child("super"), codingPath: codingPath) }
    mutating func superEncoder(forKey key: Key) -> any Encoder {
        WireEncoder(node: child(key.stringValue), codingPath: codingPath + [key])
    }
}

private struct WireUnkeyedContainer: UnkeyedEncodingContainer, WireContainer {
    let node: WireNode
    let codingPath: [any CodingKey]

    var count: Int { node.count }

    mutating func encodeNil() throws { node.append(.value(.null)) }
    mutating func encode<T: Encodable>(_ value: T) throws {
        node.append(.value(try WireNode.tree(of: value, at: codingPath)))
    }

    private func child() -> WireNode {
        let child = WireNode()
        node.append(.node(child))
        return child
    }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        WireEncoder(node: child(), codingPath: codingPath).container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        WireEncoder(node: child(), codingPath: codingPath).unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder { WireEncoder(node: child(), codingPath: codingPath) }
}

private struct WireSingleContainer: SingleValueEncodingContainer, WireContainer {
    let node: WireNode
    let codingPath: [any CodingKey]

    mutating func encodeNil() throws { node.set(.null) }
    mutating func encode(_ value: Bool) throws { node.set(.bool(value)) }
    mutating func encode(_ value: String) throws { node.set(.string(value)) }
    mutating func encode(_ value: Double) throws { node.set(try number(value, at: codingPath)) }
    mutating func encode(_ value: Float) throws { node.set(try number(value, at: codingPath)) }
    mutating func encode(_ value: Int) throws { node.set(.number(String(value))) }
    mutating func encode(_ value: Int8) throws { node.set(.number(String(value))) }
    mutating func encode(_ value: Int16) throws { node.set(.number(String(value))) }
    mutating func encode(_ value: Int32) throws { node.set(.number(String(value))) }
    mutating func encode(_ value: Int64) throws { node.set(.number(String(value))) }
    mutating func encode(_ value: UInt) throws { node.set(.number(String(value))) }
    mutating func encode(_ value: UInt8) throws { node.set(.number(String(value))) }
    mutating func encode(_ value: UInt16) throws { node.set(.number(String(value))) }
    mutating func encode(_ value: UInt32) throws { node.set(.number(String(value))) }
    mutating func encode(_ value: UInt64) throws { node.set(.number(String(value))) }
    mutating func encode<T: Encodable>(_ value: T) throws { node.set(try WireNode.tree(of: value, at: codingPath)) }
}
