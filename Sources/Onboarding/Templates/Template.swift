internal import FoundationEssentials
internal import Manifests

/// An empty manifest for people to fill in.
package enum Template: String, CaseIterable, Sendable {
    case csv, xlsx, xml, xsd

    /// The template's bytes.
    ///
    /// The call blocks on a temporary file where the template is a workbook.
    ///
    /// - Returns: the whole file.
    /// - Throws: an error that tells why the workbook can't be made.
    package func bytes() throws -> [UInt8] {
        switch self {
        case .csv:
            var bytes: [UInt8] = []
            CSVWriter.append(ColumnGuide.all.map(\.column.name), guarded: false, to: &bytes)
            return bytes
        case .xlsx: return try workbook()
        case .xml: return [UInt8](Self.document.utf8)
        case .xsd: return [UInt8](XMLManifest.schema.utf8)
        }
    }

    private func workbook() throws -> [UInt8] {
        let file = FileManager.default.temporaryDirectory.appending(path: "purser-\(UUID().uuidString).xlsx")
        defer { remove(file) }
        try TemplateWorkbook().write(to: file.path)
        return [UInt8](try Data(contentsOf: file))
    }

    /// Removes the temporary file; one that is not there or can't go is the system's to clear.
    private func remove(_ file: URL) {
        do { try FileManager.default.removeItem(at: file) } catch { return }
    }

    /// An empty document with an example in a comment.
    private static var document: String {
        let examples = Dictionary(uniqueKeysWithValues: ColumnGuide.all.map { ($0.column, $0.example) })
        func element(_ column: Column) -> String {
            "<\(column.name)>\(examples[column] ?? "")</\(column.name)>"
        }
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <customers xmlns="\(XMLManifest.namespace)">
              <!-- One element for each customer, such as this; leave out what a customer does not have.
              <customer externalId="\(examples[.externalId] ?? "")">
                <companyProfile>
                  \(element(.companyName))
                  \(element(.domain))
                </companyProfile>
                <billingProfile>
                  \(element(.email))
                  \(element(.culture))
                  \(element(.language))
                  \(element(.firstName))
                  \(element(.lastName))
                  <defaultAddress>
                    \(element(.addressLine1))
                    \(element(.city))
                    \(element(.postalCode))
                    \(element(.country))
                    \(element(.phoneNumber))
                  </defaultAddress>
                </billingProfile>
              </customer>
              -->
            </customers>

            """
    }
}
