internal import PartnerCenter

/// The forms that bodies come in.
enum BodyForm: Hashable, Sendable {
    case json, xml, form

    /// The form of a request's body; nil where it is none that the service reads.
    ///
    /// No media type is taken for JSON, as no client that sends none means another.
    init?(contentType: String?) {
        // What nearly every client says needs no reading.
        guard let contentType, contentType != "application/json" else {
            self = .json
            return
        }
        let parts = contentType.lowercased().split(separator: ";").map { $0.filter { !$0.isWhitespace } }
        let charset =
            parts.dropFirst().first { $0.hasPrefix("charset=") }?.dropFirst(8).filter { $0 != "\"" } ?? "utf-8"
        let isPlain = ["utf-8", "us-ascii"].contains(charset)
        switch parts.first {
        case "application/json" where isPlain, "text/json" where isPlain: self = .json
        // An XML document says its encoding itself; where the header says another, they may be at odds.
        case "application/xml" where isPlain, "text/xml" where isPlain: self = .xml
        case "application/x-www-form-urlencoded" where isPlain: self = .form
        default: return nil
        }
    }
}

/// A media type that answers come in.
enum AnswerType: String, CaseIterable, Sendable {
    case json = "application/json"
    case textJSON = "text/json"
    case xml = "application/xml"
    case textXML = "text/xml"

    var isXML: Bool { self == .xml || self == .textXML }

    /// The type that a client likes best.
    ///
    /// - Parameters:
    ///   - accept: the `Accept` header.
    ///   - types: what can be had.
    /// - Returns: the first one where the client says nothing; nil where it takes none of those.
    static func choose(accept: String?, of types: [AnswerType]) -> AnswerType? {
        // What nearly every client says needs no reading.
        guard let accept, !accept.isEmpty, accept != "*/*" else { return types.first }
        if accept == "application/json", types.first == .json { return .json }
        guard accept.contains(where: { !$0.isWhitespace }) else { return types.first }
        let ranges = accept.lowercased().split(separator: ",").map(Self.range)
        let liked = types.map { type in (type, quality: Self.quality(of: type.rawValue, in: ranges)) }
        // Of equals the first one counts.
        let best = liked.reduce(nil as (AnswerType, quality: Double)?) { best, next in
            next.quality > (best?.quality ?? 0) ? next : best
        }
        return best?.0
    }

    private static func range(_ text: Substring) -> (type: String, quality: Double) {
        let parts = text.split(separator: ";").map { $0.filter { !$0.isWhitespace } }
        let quality = parts.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 }
        return (parts.first ?? "", min(max(quality ?? 1, 0), 1))
    }

    /// The most exact range that fits a type says how it is liked.
    private static func quality(of type: String, in ranges: [(type: String, quality: Double)]) -> Double {
        let group = type.prefix { $0 != "/" } + "/*"
        for name in [type, String(group), "*/*"] {
            let fitting = ranges.filter { $0.type == name }.map(\.quality)
            if let quality = fitting.max() { return quality }
        }
        return 0
    }
}
