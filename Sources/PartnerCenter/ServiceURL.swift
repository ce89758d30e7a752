/// Addresses of the service, in the one form that requests go to and that keys are made from.
package enum ServiceURL {
    /// The base URL, without slashes at its end.
    ///
    /// - Parameter endpoint: the base URL as it was given.
    /// - Returns: the base that every other address begins with.
    package static func base(_ endpoint: String) -> String {
        var base = Substring(endpoint)
        while base.last == "/" { base.removeLast() }
        return String(base)
    }

    /// The collection of customers.
    ///
    /// - Parameters:
    ///   - endpoint: the base URL as it was given.
    ///   - apiVersion: the path segment after it: `v1`.
    /// - Returns: its address.
    package static func customers(endpoint: String, apiVersion: String) -> String {
        "\(base(endpoint))/\(apiVersion)/customers"
    }
}
