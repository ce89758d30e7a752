import CZip
import TestSupport

@testable import Manifests

/// Writes a zip archive of some parts.
func writeArchive(_ parts: [(name: String, bytes: [UInt8])], to path: String) {
    let archive = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, nil)
    // The library reads the parts when it closes the archive.
    let buffers = parts.map { part in
        let buffer = UnsafeMutablePointer<UInt8>.allocate(capacity: max(part.bytes.count, 1))
        buffer.initialize(from: part.bytes, count: part.bytes.count)
        return buffer
    }
    for (part, buffer) in zip(parts, buffers) {
        let source = zip_source_buffer_create(buffer, UInt64(part.bytes.count), 0, nil)
        zip_file_add(archive!, part.name, source!, ZIP_FL_OVERWRITE | ZIP_FL_ENC_UTF_8)
    }
    zip_close(archive!)
    for buffer in buffers { buffer.deallocate() }
}

/// An XLSX workbook that is made by hand, with what its parts leave to chance in every writer.
struct HandmadeXLSX {
    var namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    var relationshipNamespace = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    /// What stands between `<sheetData>` and its end, sheet by sheet.
    var sheets: [(name: String, rows: String)] = []
    var beforeRows = ""
    var afterRows = ""
    var sharedStrings = ""
    var styles = ""
    var workbookProperties = ""
    var states: [String: String] = [:]
    /// The target of a sheet's part, as the workbook's relationships have it.
    var target: (Int) -> String = { "worksheets/sheet\($0).xml" }
    var sheetPart: (Int) -> String = { "xl/worksheets/sheet\($0).xml" }

    init(_ rows: String) { sheets = [("Sheet1", rows)] }

    var parts: [(name: String, bytes: [UInt8])] {
        let package = "http://schemas.openxmlformats.org/package/2006/relationships"
        var links = ""
        var entries = ""
        var result: [(String, String)] = []
        for (index, sheet) in sheets.enumerated() {
            let number = index + 1
            links +=
                "<Relationship Id='r\(number)' Type='\(relationshipNamespace)/worksheet' Target='\(target(number))'/>"
            let state = states[sheet.name].map { " state='\($0)'" } ?? ""
            entries += "<sheet name='\(sheet.name)' sheetId='\(number)' r:id='r\(number)'\(state)/>"
            let text =
                "<worksheet xmlns='\(namespace)'>\(beforeRows)<sheetData>\(sheet.rows)</sheetData>\(afterRows)</worksheet>"
            result.append((sheetPart(number), text))
        }
        links += "<Relationship Id='s' Type='\(relationshipNamespace)/sharedStrings' Target='/xl/sharedStrings.xml'/>"
        links += "<Relationship Id='y' Type='\(relationshipNamespace)/styles' Target='styles.xml'/>"
        result += [
            ("[Content_Types].xml", "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>"),
            (
                "_rels/.rels",
                "<Relationships xmlns='\(package)'><Relationship Id='w' Type='\(relationshipNamespace)/officeDocument'"
                    + " Target='xl/workbook.xml'/></Relationships>"
            ),
            (
                "xl/workbook.xml",
                "<workbook xmlns='\(namespace)' xmlns:r='\(relationshipNamespace)'>\(workbookProperties)"
                    + "<sheets>\(entries)</sheets></workbook>"
            ),
            ("xl/_rels/workbook.xml.rels", "<Relationships xmlns='\(package)'>\(links)</Relationships>"),
        ]
        if !sharedStrings.isEmpty {
            result.append(("xl/sharedStrings.xml", "<sst xmlns='\(namespace)'>\(sharedStrings)</sst>"))
        }
        if !styles.isEmpty {
            result.append(("xl/styles.xml", "<styleSheet xmlns='\(namespace)'>\(styles)</styleSheet>"))
        }
        return result.map { ($0.0, [UInt8]($0.1.utf8)) }
    }

    /// Writes it into a folder and opens it.
    func open(in folder: TemporaryFolder, _ options: ManifestOptions = .knowing) throws -> any ManifestReader {
        writeArchive(parts, to: folder("customers.xlsx"))
        return try Manifest.open(folder("customers.xlsx"), options)
    }
}

extension ManifestOptions {
    /// Options that know a few titles.
    static var knowing: ManifestOptions {
        ManifestOptions { ["companyName", "domain", "email"].contains($0) }
    }
}

/// The cells of a row, each as an inline text.
func inlineRow(_ cells: String...) -> String {
    "<row>" + cells.map { "<c t='inlineStr'><is><t>\($0)</t></is></c>" }.joined() + "</row>"
}
