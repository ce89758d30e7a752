/// The names that an Excel 2003 XML workbook uses, as far as they matter here.
enum Excel2003Name: String, CaseIterable {
    case style = "ss:Style"
    case identifier = "ss:ID"
    case parent = "ss:Parent"
    case numberFormat = "ss:NumberFormat"
    case format = "ss:Format"

    case worksheet = "ss:Worksheet"
    case name = "ss:Name"
    case table = "ss:Table"
    case column = "ss:Column"
    case row = "ss:Row"
    case cell = "ss:Cell"
    case index = "ss:Index"
    case span = "ss:Span"
    case hidden = "ss:Hidden"
    case styleIdentifier = "ss:StyleID"
    case formula = "ss:Formula"
    case mergeAcross = "ss:MergeAcross"
    case mergeDown = "ss:MergeDown"
    case data = "ss:Data"
    case type = "ss:Type"
    case comment = "ss:Comment"
    case visible = "x:Visible"

    static let prefixes = [
        "urn:schemas-microsoft-com:office:spreadsheet": "ss",
        "urn:schemas-microsoft-com:office:excel": "x",
    ]
}

/// An Excel 2003 XML workbook, event by event.
typealias Excel2003Stream = XMLStream<Excel2003Name>

extension Excel2003Stream {
    /// Reads a workbook from a file.
    convenience init(path: String, text: XMLText) {
        self.init(path: path, prefixes: Excel2003Name.prefixes, isUTF8: text.isUTF8) { buffer throws(ManifestError) in
            try text.read(into: &buffer)
        }
    }

    /// A number; nil where there is none, or it is out of every sheet.
    func number(_ name: Excel2003Name) -> Int? {
        attribute(name).flatMap { Int($0) }.flatMap { (0...1 << 24).contains($0) ? $0 : nil }
    }
}
