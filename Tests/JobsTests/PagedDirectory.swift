import PartnerCenter
import PartnerCenterClient
import Platform
import Synchronization

/// A service that lists customers in pages, and answers for each of them as the test says.
final class PagedDirectory: CustomerDirectory {
    /// What befalls it.
    struct Trouble: Sendable {
        var gone: Set<String> = []
        var refused: Set<String> = []
        /// Customers without an identifier.
        var nameless: Set<String> = []
        /// Each page begins with the last customer of the one before.
        var overlaps = false
        /// What it says instead of the page that begins with a customer; nil for the page.
        var answer: @Sendable (_ first: Int) throws(ServiceError) -> CustomerPage? = { _ throws(ServiceError) in nil }
        var password: String?
    }

    let customers: Int
    let pageSize: Int
    let trouble: Trouble
    let gauge = Gauge()
    private let asked = Mutex<(pages: [CustomerSearch?], ids: [String])>(([], []))

    init(customers: Int, pageSize: Int, _ trouble: Trouble = Trouble()) {
        self.customers = customers
        self.pageSize = pageSize
        self.trouble = trouble
    }

    /// What the pages were asked for by, and whose details.
    var pages: [CustomerSearch?] { asked.withLock { $0.pages } }
    var lookUps: [String] { asked.withLock { $0.ids } }

    func page(of search: CustomerSearch?, after cursor: PageCursor?) async throws(ServiceError) -> CustomerPage {
        asked.withLock { $0.pages.append(search) }
        if Task.isCancelled { throw ServiceError(.closed, message: "cut off") }
        let start = cursor.flatMap { Int($0.url) } ?? 1
        if let answer = try trouble.answer(start) { return answer }
        let end = min(start + pageSize, customers + 1)
        let page = (max(1, trouble.overlaps ? start - 1 : start)..<end).map { number in
            var customer = Customer()
            customer.companyProfile = CustomerCompanyProfile()
            customer.companyProfile?.domain = "c\(number).onmicrosoft.com"
            if !trouble.nameless.contains("id-\(number)") { customer.id = "id-\(number)" }
            return customer
        }
        return .page(page, next: end <= customers ? PageCursor(url: "\(end)", headers: []) : nil)
    }

    func lookUp(_ id: String) async throws(ServiceError) -> CustomerLookUp {
        asked.withLock { $0.ids.append(id) }
        gauge.enter()
        await Task.yield()
        gauge.leave()
        if trouble.gone.contains(id) { return .absent }
        if trouble.refused.contains(id) { return .refused(ServiceFault(message: "no relationship")) }
        return .found(Self.customer(id, password: trouble.password))
    }

    static func customer(_ id: String, password: String? = nil) -> Customer {
        let number = id.dropFirst(3)
        var customer = Customer()
        customer.id = id
        customer.commerceId = "commerce-\(number)"
        customer.relationshipToPartner = "reseller"
        customer.companyProfile = CustomerCompanyProfile()
        customer.companyProfile?.companyName = "Company <\(number)>"
        customer.companyProfile?.domain = "c\(number).onmicrosoft.com"
        customer.billingProfile = CustomerBillingProfile()
        customer.billingProfile?.defaultAddress = Address()
        customer.billingProfile?.defaultAddress?.city = "Bergen"
        if let password { customer.userCredentials = UserCredentials(userName: "admin", password: .init(password)) }
        return customer
    }

    func close() {}
}
