internal import Synchronization

/// A value behind a lock that tasks of a test share.
package final class Shared<Value: Sendable>: Sendable {
    private let state: Mutex<Value>

    package init(_ value: Value) { state = Mutex(value) }

    /// The value at this moment.
    package var value: Value { state.withLock { $0 } }

    /// Reads or changes the value, alone.
    package func withLock<Result: Sendable>(_ body: (inout Value) -> Result) -> Result {
        state.withLock { body(&$0) }
    }
}
