internal import PartnerCenter
internal import Platform

/// A request for what was done, read and checked.
struct AuditList {
    private static let sizeLimit = 500

    private let span: ClosedRange<Int64>
    private let size: Int
    private let place: AuditPlace
    /// The dates as the client wrote them, for the link to the next page.
    private let dates: String

    /// Reads the query and the headers.
    ///
    /// - Parameter request: the request.
    /// - Throws: `Refusal` for a field that can't be understood.
    init(_ request: ServerRequest) throws(Refusal) {
        let start = try Self.date(request, "startDate")?.milliseconds ?? 0
        // A day without a time is meant as a whole.
        let isDay = (request.parameter("enddate") ?? "").count <= 10
        let end = try Self.date(request, "endDate").map { $0.milliseconds + (isDay ? 86_399_999 : 0) } ?? .max
        guard start <= end else { throw .malformed("The endDate is before the startDate.", "endDate") }
        guard let size = Int32(request.parameter("size") ?? "0"), size >= 0 else {
            throw .malformed("The size must be a number from 0.", "size")
        }
        span = start...end
        self.size = size == 0 ? Self.sizeLimit : min(Int(size), Self.sizeLimit)
        dates = ["startDate", "endDate"].compactMap { name in
            // Of what a date may hold only a blank can't stand in a link.
            request.parameter(name.lowercased()).map {
                "&\(name)=\($0.split(separator: " ").joined(separator: "%20"))"
            }
        }.joined()
        let token = request.headers["ms-continuationtoken"] ?? ""
        guard let place = token.isEmpty ? .before(start) : AuditPlace.read(token) else {
            throw .malformed("The continuation token is not valid.", "MS-ContinuationToken")
        }
        self.place = place
    }

    private static func date(_ request: ServerRequest, _ name: String) throws(Refusal) -> Timestamp? {
        guard let text = request.parameter(name.lowercased()) else { return nil }
        guard let date = Timestamp(queryDate: text) else { throw .malformed("The \(name) is not a date.", name) }
        return date
    }

    /// Reads the page and writes it.
    ///
    /// - Parameter store: the store.
    /// - Returns: the answer.
    /// - Throws: `SQLiteError` where it can't be read.
    func answer(from store: CustomerStore) throws -> ServerAnswer {
        let found = try store.auditRecords(in: span, after: place, limit: size + 1)
        let shown = found.prefix(size)
        var page = ResourceCollection(items: shown.map(\.record))
        page.attributes = ResourceAttributes(objectType: "Collection")
        page.links = .to("/auditrecords?size=\(size)\(dates)")
        if found.count > size, let last = shown.last {
            let token = try last.place.text()
            page.continuationToken = token
            page.links?.next = Link(
                uri: "/auditrecords?size=\(size)\(dates)&seekOperation=Next",
                headers: [KeyValuePair(key: "MS-ContinuationToken", value: token)]
            )
        }
        return .json(StoredAnswer(status: 200, body: try JSONWire.encode(page)))
    }
}
