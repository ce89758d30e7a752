/// What the service says when it refuses: one of its four error bodies, brought to one form.
package struct ServiceFault: Error, Hashable, Sendable {
    /// The service's code as text: `27002`; empty where it gave none.
    package var code: String
    /// The member at fault, as a dotted path where the service names one; empty otherwise.
    package var field: String
    /// The service's description, one line.
    package var message: String

    package init(code: String = "", field: String = "", message: String) {
        self.code = code
        self.field = field
        self.message = message
    }
}
