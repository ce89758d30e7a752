/// A page of resources (`Microsoft.Partner.Core.Collections.ResourceCollection`).
package struct ResourceCollection<Item: Codable & Hashable & Sendable>: Codable, Hashable, Sendable {
    /// The number of items in this page, in every answer seen; never to be relied on as the grand total.
    package var totalCount: Int?
    package var items: [Item]
    package var links: ResourceLinks?
    /// The token of the next page, where the answer is paged.
    package var continuationToken: String?
    package var attributes: ResourceAttributes?

    package init(items: [Item]) {
        self.items = items
        totalCount = items.count
    }
}

/// The links of a resource (`…ResourceLinks`).
package struct ResourceLinks: Codable, Hashable, Sendable {
    package var `self`: Link?
    package var next: Link?
    package var previous: Link?

    package init() {}
}

/// A link to follow (`…Link`): a method, an address that is relative to the service, and headers to send along.
package struct Link: Codable, Hashable, Sendable {
    package var uri: String?
    package var method: String?
    package var body: String?
    package var headers: [KeyValuePair]?

    package init() {}
}

/// A name and its value (`System.Collections.Generic.KeyValuePair`).
package struct KeyValuePair: Codable, Hashable, Sendable {
    package var key: String
    package var value: String

    package init(key: String, value: String) {
        self.key = key
        self.value = value
    }
}

/// What kind of resource it is, and its version (`…ResourceAttributes`).
package struct ResourceAttributes: Codable, Hashable, Sendable {
    package var etag: String?
    /// `Customer`, `CustomerCompanyProfile`, `CustomerBillingProfile` or `Collection`.
    package var objectType: String?

    package init(objectType: String? = nil, etag: String? = nil) {
        self.objectType = objectType
        self.etag = etag
    }
}
