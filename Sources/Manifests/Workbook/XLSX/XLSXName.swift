/// The names that the parts of an XLSX workbook use, as far as they matter here.
enum XLSXName: String, CaseIterable {
    // A package's relationships.
    case relationship = "p:Relationship"
    case identifier = "Id"
    case type = "Type"
    case target = "Target"
    case targetMode = "TargetMode"

    // The workbook.
    case workbook = "x:workbook"
    case workbookProperties = "x:workbookPr"
    case dateFrom1904 = "date1904"
    case sheet = "x:sheet"
    case name = "name"
    case state = "state"
    case relation = "r:id"

    // Styles.
    case customFormat = "x:numFmt"
    case formatNumber = "numFmtId"
    case formatCode = "formatCode"
    case cellFormats = "x:cellXfs"
    case cellFormat = "x:xf"

    // Texts.
    case sharedStrings = "x:sst"
    case uniqueCount = "uniqueCount"
    case item = "x:si"
    case text = "x:t"
    case phonetic = "x:rPh"
    case space = "xml:space"

    // A sheet.
    case column = "x:col"
    case first = "min"
    case last = "max"
    case hidden = "hidden"
    case rows = "x:sheetData"
    case row = "x:row"
    case cell = "x:c"
    case reference = "r"
    case cellType = "t"
    case style = "s"
    case formula = "x:f"
    case value = "x:v"
    case inlineText = "x:is"
    case mergedCells = "x:mergeCell"
    case range = "ref"

    /// The namespaces as ECMA-376 has them, in its transitional and its strict form.
    static let prefixes = [
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "x",
        "http://purl.oclc.org/ooxml/spreadsheetml/main": "x",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
        "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
        "http://schemas.openxmlformats.org/package/2006/relationships": "p",
        "http://www.w3.org/XML/1998/namespace": "xml",
    ]
}

/// A part of an XLSX workbook, event by event.
typealias XLSXStream = XMLStream<XLSXName>

extension XLSXStream {
    /// Opens a part of an archive.
    convenience init(_ archive: ZipArchive, part name: String) throws(ManifestError) {
        let part = try archive.open(name)
        self.init(path: archive.path, part: name, prefixes: XLSXName.prefixes) { buffer throws(ManifestError) in
            try part.read(into: &buffer)
        }
    }

    /// Makes sure that a cell, which may be pieced together from many texts, is no longer than a limit.
    ///
    /// - Throws: `ManifestError` where it is.
    @inline(__always)
    func checkCell(_ length: Int, limit: Int) throws(ManifestError) {
        guard length > limit else { return }
        throw error("a cell is longer than \(limit >> 20) MiB; shorten it", line)
    }

    /// Whether an attribute of a start tag says yes.
    func flag(_ name: XLSXName) -> Bool {
        let value = attribute(name)
        return value == "1" || value == "true"
    }
}
