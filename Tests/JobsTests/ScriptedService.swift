import PartnerCenter
import PartnerCenterClient
import Platform
import Synchronization

/// A service that answers as the test says, and remembers what was asked of it.
///
/// It knows idempotency: a key that created a customer gives the same customer again. A superseded order is looked up
/// first, as the client does it.
final class ScriptedService: CustomerService {
    struct State {
        var orders: [CreateOrder] = []
        var customers: [String: (id: String, password: String)] = [:]
        var underWay = 0
        var peak = 0
        var isClosed = false
        var closure: ServiceError?
    }

    typealias Script = @Sendable (_ service: ScriptedService, _ call: Int) async -> CreateResult?

    private let state = Mutex(State())
    private let script: Script

    /// Makes a service.
    ///
    /// - Parameter script: what it answers to its n-th call; nil lets it create the customer.
    init(_ script: @escaping Script = { _, _ in nil }) {
        self.script = script
    }

    /// A service that creates the first customer without an answer.
    static var losingTheFirstAnswer: ScriptedService {
        ScriptedService { service, call in
            guard call == 1 else { return nil }
            service.accept(service.orders[0])
            return CreateResult(.failed(ServiceFault(message: "no answer came in time"), mayExist: true), attempts: 6)
        }
    }

    var orders: [CreateOrder] { state.withLock { $0.orders } }
    var peak: Int { state.withLock { $0.peak } }
    /// How many customers there are: one per key.
    var customers: Int { state.withLock { $0.customers.count } }

    func create(_ order: CreateOrder, onAttempt: @Sendable (ServiceAttempt) async -> Void) async -> CreateResult {
        let call: Int? = state.withLock { state in
            guard !state.isClosed, state.closure == nil else { return nil }
            state.orders.append(order)
            state.underWay += 1
            state.peak = max(state.peak, state.underWay)
            return state.orders.count
        }
        guard let call else { return CreateResult(.notSent, attempts: 0) }
        let scripted = await script(self, call)
        let result = scripted ?? answer(order)
        state.withLock { $0.underWay -= 1 }
        await onAttempt(
            ServiceAttempt(
                number: 1,
                startedAt: Timestamp(milliseconds: 0),
                duration: .milliseconds(5),
                wait: .zero,
                httpStatus: result.httpStatus,
                outcome: "scripted",
                correlationVector: "cv.\(order.sequence).1"
            )
        )
        return result
    }

    private func answer(_ order: CreateOrder) -> CreateResult {
        let isKnown = state.withLock { $0.customers[order.idempotencyKey] != nil }
        return order.supersededSince == nil || isKnown ? accept(order) : CreateResult(.absent, attempts: 0)
    }

    /// Creates an order's customer, or finds it.
    @discardableResult
    func accept(_ order: CreateOrder) -> CreateResult {
        let customer = state.withLock { state in
            let number = state.customers.count + 1
            let customer =
                state.customers[order.idempotencyKey] ?? (id: "customer-\(number)", password: "password-\(number)")
            state.customers[order.idempotencyKey] = customer
            return customer
        }
        let credentials = UserCredentials(userName: "admin", password: Secret(customer.password))
        return CreateResult(
            .created(customerId: customer.id, credentials: credentials, note: nil),
            httpStatus: 201,
            attempts: 1
        )
    }

    /// Gives up, as the client does when the service is down or refuses the credentials.
    func giveUp(_ error: ServiceError) { state.withLock { $0.closure = error } }

    /// Is there again, for the next run.
    func reopen() {
        state.withLock {
            $0.closure = nil
            $0.isClosed = false
        }
    }

    func close() { state.withLock { $0.isClosed = true } }

    func closure() -> ServiceError? {
        state.withLock { $0.closure ?? ($0.isClosed ? ServiceError(.closed, message: "stopped") : nil) }
    }

    func counts() -> ServiceCounts { ServiceCounts(requests: orders.count) }
}
