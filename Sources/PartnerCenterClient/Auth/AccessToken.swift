internal import FoundationEssentials
internal import PartnerCenter
package import Platform

/// A bearer token as its source gives it.
package struct AccessToken: Hashable, Sendable {
    /// The token itself.
    package let secret: Secret
    /// How long it is good for; nil where nothing tells, so that only the service's refusal ends it.
    package let lifetime: Duration?

    /// Makes a token.
    ///
    /// - Parameters:
    ///   - secret: the token itself.
    ///   - lifetime: how long it is good for, where that is known; what is not above nothing is not believed.
    package init(_ secret: Secret, lifetime: Duration? = nil) {
        self.secret = secret
        self.lifetime = lifetime.flatMap { $0 > .zero ? $0 : nil }
    }

    /// Makes a token that may tell itself when it expires, as a JSON Web Token does (RFC 7519, section 4.1.4).
    ///
    /// - Parameters:
    ///   - secret: the token itself.
    ///   - now: the present time.
    init(_ secret: Secret, now: Timestamp) {
        self.init(secret, lifetime: Self.expiry(of: secret).map { .milliseconds($0 * 1000 - now.milliseconds) })
    }

    /// Whose token it is, which stays the same when it is renewed: tenant, application and user or principal.
    ///
    /// It is nil where the token does not tell.
    package var holder: String? {
        guard let claims = Self.claims(of: secret), let tenant = claims["tid"]?.text else { return nil }
        let application = claims["appid"] ?? claims["azp"]
        let user = claims["oid"] ?? claims["sub"]
        return [tenant, application?.text ?? "", user?.text ?? ""].joined(separator: " ")
    }

    /// The `exp` claim, in seconds since 1970; nil where the token is of another kind.
    private static func expiry(of secret: Secret) -> Int64? {
        // Far enough from the ends of the number that it can be reckoned with.
        claims(of: secret)?["exp"]?.text.flatMap(Double.init).flatMap { (0...1e12).contains($0) ? Int64($0) : nil }
    }

    /// What a JSON Web Token says; nil where the token is of another kind.
    private static func claims(of secret: Secret) -> JSONValue? {
        let parts = secret.reveal().split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        var text = String(parts[1]).replacing("-", with: "+").replacing("_", with: "/")
        text += String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        // What is no JSON Web Token is a token all the same.
        return Data(base64Encoded: text).flatMap { try? JSONWire.parse([UInt8]($0)) }
    }
}
