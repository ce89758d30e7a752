/// Finds the sheet and the row in it that a manifest's header is.
struct SheetSearch {
    /// Where the header was found, with the cursor behind the rows that were looked at.
    struct Found {
        let cursor: any SheetCursor
        let sheet: Sheet
        let reason: String
        let header: [String]
        let headerLine: Int
        let headerReason: String
        /// How many titles of the header are known.
        let knownTitles: Int
        /// The first row with text above the header.
        let lineAbove: Int?
        let rowsBelow: [SheetRow]
        /// The sheets before it that have a table for a manifest too.
        var others: [Sheet] = []
    }

    let path: String
    let options: ManifestOptions
    let limits: WorkbookLimits

    /// Finds the header: in the sheet that is named; else in the first one that has known titles, a visible one before
    /// a hidden one; else in the first one that has text.
    ///
    /// - Throws: `ManifestError` where there is none.
    func find(_ open: () throws(ManifestError) -> any SheetCursor) throws(ManifestError) -> Found {
        if let name = options.sheet { return try find(named: name, open) }
        // One title may well be a word in a sheet of explanations.
        for (titles, isHidden) in [(2, false), (2, true), (1, false), (1, true), (0, false), (0, true)] {
            let cursor = try open()
            var count = 0
            var others: [(sheet: Sheet, known: Int)] = []
            while let sheet = try cursor.nextSheet(), count < limits.sheets {
                count += 1
                let rows = try head(of: cursor)
                guard sheet.isHidden == isHidden, var found = try find(in: rows, sheet, cursor, atLeast: titles) else {
                    others.append((sheet, try tableTitles(in: rows)))
                    continue
                }
                found.others = others.filter { isTable($0.known, beside: found.knownTitles) }.map(\.sheet)
                return found
            }
            if count == 0 { break }
        }
        let message = "no sheet of the workbook has text; expected a header row such as companyName, domain, email"
        throw ManifestError(.malformed, path: path, message: message)
    }

    private func find(
        named name: String,
        _ open: () throws(ManifestError) -> any SheetCursor
    ) throws(ManifestError) -> Found {
        let cursor = try open()
        var names: [String] = []
        while let sheet = try cursor.nextSheet(), names.count < limits.sheets {
            if sheet.name == name || sheet.name.lowercased() == name.lowercased() {
                let found = try find(in: try head(of: cursor), sheet, cursor, atLeast: 0)
                if let found { return found }
                let message = "the sheet \(name.quoted) is empty; expected a header row"
                throw ManifestError(.malformed, path: path, message: message)
            }
            names.append(sheet.name.quoted)
        }
        let shown = names.prefix(20).joined(separator: ", ") + (names.count > 20 ? " and \(names.count - 20) more" : "")
        let message = "the workbook has no sheet \(name.quoted); it has \(shown.isEmpty ? "none" : shown)"
        throw ManifestError(.malformed, path: path, message: message)
    }

    /// The sheets behind the one that was read which have a table for a manifest too; the cursor goes to its end.
    ///
    /// - Parameters:
    ///   - cursor: the cursor, behind the rows of the sheet that was read.
    ///   - known: how many known titles that sheet's header has.
    /// - Returns: the sheets; none where the sheet was named, since then the others are not meant.
    /// - Throws: `ManifestError` where the workbook is damaged there.
    func others(behind cursor: any SheetCursor, known: Int) throws(ManifestError) -> [Sheet] {
        var others: [Sheet] = []
        var count = 0
        while let sheet = try cursor.nextSheet(), count < limits.sheets {
            count += 1
            guard options.sheet == nil else { continue }
            if isTable(try tableTitles(in: try head(of: cursor)), beside: known) { others.append(sheet) }
        }
        return others
    }

    /// How many known titles the header among a sheet's first rows has; 0 where no row stands below it.
    private func tableTitles(in rows: [SheetRow]) throws(ManifestError) -> Int {
        guard let (index, known) = try headerIndex(in: rows, atLeast: 2), index + 1 < rows.count else { return 0 }
        return known
    }

    /// Whether a header with so many known titles makes a manifest: a list of values may have two for a title.
    private func isTable(_ titles: Int, beside known: Int) -> Bool { titles >= 2 && titles * 2 >= known }

    /// The first rows of a sheet.
    private func head(of cursor: any SheetCursor) throws(ManifestError) -> [SheetRow] {
        var rows: [SheetRow] = []
        var row = SheetRow()
        var length = 0
        while try cursor.nextRow(&row) {
            rows.append(row)
            length += row.texts.bytes.count
            let isPast = options.headerRow.map { row.line >= $0 } ?? (rows.count >= limits.headerRows)
            if isPast || length > limits.record { break }
            // Only the rows below the one that is named are kept.
            if let named = options.headerRow, row.line < named, rows.count > limits.headerRows { rows.removeFirst() }
        }
        return rows
    }

    private func find(
        in rows: [SheetRow],
        _ sheet: Sheet,
        _ cursor: any SheetCursor,
        atLeast titles: Int
    ) throws(ManifestError) -> Found? {
        guard let (index, known) = try headerIndex(in: rows, atLeast: titles) else { return nil }
        let width = (rows[index].cells.lazy.filter { !$0.text.isBlank }.map(\.column).max() ?? 0) + 1
        var header = Array(repeating: "", count: width)
        for cell in rows[index].cells where cell.column < width { header[cell.column] = cell.text.trimmed }
        return Found(
            cursor: cursor,
            sheet: sheet,
            reason: options.sheet != nil
                ? "it was named"
                : known > 0 ? "it is the first with a header that is known" : "it is the first with text",
            header: header,
            headerLine: rows[index].line,
            headerReason: options.headerRow != nil
                ? "it was named" : known > 0 ? "it has \(known) known titles" : "it is the first with text",
            knownTitles: known,
            lineAbove: index > 0 ? rows[0].line : nil,
            rowsBelow: Array(rows[(index + 1)...])
        )
    }

    /// The row that is named, else the one that the rules for every table find.
    private func headerIndex(in rows: [SheetRow], atLeast titles: Int) throws(ManifestError) -> (Int, known: Int)? {
        if let named = options.headerRow {
            if let index = rows.firstIndex(where: { $0.line == named }) {
                let known = knownTitles(rows[index])
                return known >= titles ? (index, known) : nil
            }
            guard options.sheet != nil || titles == 0 else { return nil }
            let message = "row \(named), where the header should be, has no text"
            throw ManifestError(.malformed, path: path, line: named, message: message)
        }
        var search = HeaderSearch()
        for row in rows { search.add(line: row.line, width: row.width, knownTitles: knownTitles(row)) }
        guard !rows.isEmpty, search.knownTitles >= titles else { return nil }
        let index = rows.firstIndex { $0.line == search.line } ?? 0
        return (index, knownTitles(rows[index]))
    }

    private func knownTitles(_ row: SheetRow) -> Int {
        row.cells.count { options.isKnownTitle($0.text.trimmed) }
    }
}

extension SheetRow {
    /// How wide the row is as part of a table; one cell alone makes a line of text, wherever it stands.
    fileprivate var width: Int {
        let columns = cells.lazy.filter { !$0.text.isBlank }.map(\.column)
        return columns.count > 1 ? (columns.max() ?? 0) + 1 : 1
    }
}

extension String {
    /// Whether there is nothing but white space.
    var isBlank: Bool {
        // Every cell is asked this: where the first byte tells, the text is not taken apart into characters.
        guard let first = utf8.first else { return true }
        if (0x21...0x7F).contains(first) { return false }
        return allSatisfy(\.isWhitespace)
    }

    /// The text without the white space around it.
    var trimmed: String {
        guard first?.isWhitespace == true || last?.isWhitespace == true else { return self }
        let start = drop { $0.isWhitespace }
        let end = start.lastIndex { !$0.isWhitespace }
        return end.map { String(start[...$0]) } ?? ""
    }
}
