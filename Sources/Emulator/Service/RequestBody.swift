internal import PartnerCenter

/// Reads what a request carries, in any form that the service takes.
enum RequestBody {
    /// Reads a resource.
    ///
    /// - Parameters:
    ///   - type: what to read.
    ///   - request: the request.
    /// - Returns: the resource.
    /// - Throws: `Refusal` where it is too large, of another media type, or not such a resource.
    static func read<T: Decodable>(_ type: T.Type, of request: ServerRequest) throws(Refusal) -> T {
        switch request.bodyFault {
        case .tooLarge: throw .tooLarge
        case .noRoom: throw .noRoom
        case nil: break
        }
        guard let form = BodyForm(contentType: request.headers["content-type"]) else { throw .mediaType }
        do {
            switch form {
            case .json: return try JSONWire.decode(type, from: request.body)
            case .xml: return try XMLWire.decode(type, from: request.body)
            case .form:
                guard let value = try FormWire.decode(type, from: request.body) else {
                    throw Refusal.malformed("The body is not a form.")
                }
                return value
            }
        } catch let error as JSONSyntaxError {
            throw .malformed("The body is not JSON: \(error).")
        } catch let error as XMLSyntaxError {
            throw .malformed("The body is not XML: \(error).")
        } catch let error as DecodingError {
            throw .malformed("A member is of the wrong type.", path(of: error))
        } catch let error as Refusal {
            throw error
        } catch {
            throw .malformed("The body can't be read.")
        }
    }

    private static func path(of error: DecodingError) -> String {
        let path: [any CodingKey] =
            switch error {
            case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
                context.codingPath
            case .keyNotFound(let key, let context): context.codingPath + [key]
            @unknown default: []
            }
        return path.map(\.stringValue).joined(separator: ".")
    }
}
