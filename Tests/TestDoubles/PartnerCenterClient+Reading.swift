package import PartnerCenter
package import PartnerCenterClient

/// What most tests want of a read: the customers, or an error.
extension PartnerCenterClient {
    package func customers(
        after cursor: PageCursor?
    ) async throws(ServiceError) -> (customers: [Customer], next: PageCursor?) {
        switch try await page(of: nil, after: cursor) {
        case .page(let customers, let next): return (customers, next)
        case .outdated(let reason): throw ServiceError(.unavailable, message: reason)
        }
    }

    package func customer(id: String) async throws(ServiceError) -> Customer? {
        switch try await lookUp(id) {
        case .found(let customer): return customer
        case .absent: return nil
        case .refused(let fault): throw ServiceError(.unauthorized, message: fault.message)
        }
    }
}
