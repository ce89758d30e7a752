/// An XLSX workbook: its sheets, and what their cells share.
final class XLSXWorkbook {
    /// A sheet and the part that has it.
    struct Entry {
        let sheet: Sheet
        let part: String
    }

    let archive: ZipArchive
    private(set) var entries: [Entry] = []
    private(set) var dates = DateSystem.from1900
    let strings: SharedStrings
    let styles: CellStyles

    /// Reads everything but the sheets.
    ///
    /// - Parameters:
    ///   - archive: the archive.
    ///   - part: the name of the part that the workbook is.
    /// - Throws: `ManifestError` where it is damaged.
    init(_ archive: ZipArchive, part: String) throws(ManifestError) {
        self.archive = archive
        let relationships = try PackageRelationships(archive, of: part)
        strings =
            try Self.part("sharedStrings", beside: part, relationships, in: archive)
            .map { name throws(ManifestError) in try SharedStrings(archive, part: name) } ?? SharedStrings()
        styles =
            try Self.part("styles", beside: part, relationships, in: archive)
            .map { name throws(ManifestError) in try CellStyles(archive, part: name) } ?? CellStyles()
        try readSheets(part, relationships)
    }

    /// A part by its kind, or by its usual name where no relationship tells.
    private static func part(
        _ kind: String,
        beside part: String,
        _ relationships: PackageRelationships,
        in archive: ZipArchive
    ) -> String? {
        [relationships.first(kind), "\(PartName.folder(of: part))\(kind).xml"].compactMap { $0 }.first(
            where: archive.contains
        )
    }

    private func readSheets(_ part: String, _ relationships: PackageRelationships) throws(ManifestError) {
        var isWorkbook = false
        let stream = try XLSXStream(archive, part: part)
        while let event = try stream.next() {
            switch event {
            case .start(.workbook): isWorkbook = true
            case .start(.workbookProperties) where stream.flag(.dateFrom1904): dates = .from1904
            case .start(.sheet):
                let identifier = stream.attribute(.relation)
                let name = stream.attribute(.name) ?? ""
                guard entries.count < archive.limits.sheets else { continue }
                let isHidden = stream.attribute(.state).map { $0 != "visible" } ?? false
                // A sheet of another kind, such as a chart, has no cells.
                guard let relationship = relationships.all.first(where: { $0.identifier == identifier }),
                    relationship.kind == "worksheet"
                else { continue }
                entries.append(Entry(sheet: Sheet(name: name, isHidden: isHidden), part: relationship.target))
            default: break
            }
        }
        guard isWorkbook else {
            throw archive.error("the part \(part.quoted) is no workbook of Excel's; save the file again as .xlsx")
        }
    }
}
