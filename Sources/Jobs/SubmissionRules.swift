package import Checkpoint
internal import Onboarding

/// Tells the checkpoint how requests are keyed and compared.
package struct SubmissionRules: RequestRules {
    private let keys: IdempotencyKeys

    /// Makes the rules of an endpoint.
    ///
    /// - Parameters:
    ///   - endpoint: the service's base URL; for the embedded one `http://embedded`.
    ///   - apiVersion: the path segment after it: `v1`.
    package init(endpoint: String, apiVersion: String) {
        keys = IdempotencyKeys(endpoint: endpoint, apiVersion: apiVersion)
    }

    package func idempotencyKey(identity: String, digest: [UInt8], generation: Int) -> String {
        keys.key(identity: CustomerIdentity(name: identity, domain: nil), digest: digest, generation: generation)
    }

    package func difference(created: [UInt8], present: [UInt8], titles: ColumnTitles) -> Problem {
        let difference = PayloadDifference.describe(created: created, present: present) { titles[$0.name] }
        return Problem(
            code: "identity.conflict",
            field: difference.field,
            message: difference.message,
            parts: difference.parts.map { Problem.Part(field: $0.title, message: "the customer exists; \($0.text)") }
        )
    }
}
