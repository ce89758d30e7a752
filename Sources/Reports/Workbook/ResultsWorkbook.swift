internal import CXLSXWriter
internal import Checkpoint
internal import Manifests
internal import Platform
internal import Workbooks

/// `.results.xlsx`: the manifest's rows as the team typed them, with what became of each, for people.
///
/// Every cell is text. In front stand the two columns that corrections have, so that the workbook can be corrected and
/// imported again. Cells at fault are coloured, with what is wrong as a comment. Behind the rows is a summary.
///
/// What libxlsxwriter has written of the rows is kept in a file, not in memory; comments are kept in memory, so their
/// number is limited. The same rows of the same run give the same bytes.
final class ResultsWorkbook: RowReport {
    /// How much of it goes where.
    struct Limits {
        /// How many rows a sheet has, with its header; the others go on to the next sheet.
        var rows = Int(LXW_ROW_MAX)
        /// About how many bytes of XML a sheet has: the archive's format ends at 4 GiB.
        var bytes = 1 << 31
        /// How many comments there are at most.
        var comments = 20_000
    }

    let path: String
    private let name: String
    private let header: [String]
    /// The manifest's columns that are written, by position: all but those that corrections add.
    private let columns: [Int]
    private let limits: Limits
    private let context: ReportContext
    private let workbook: WorkbookFile
    private let styles: WorkbookStyles
    private var sheets: [ResultsSheet] = []
    private var counts: [RowStatus: Int] = [:]
    private var causes = CauseTally()
    private var comments = (written: 0, leftOut: 0)

    /// Makes the workbook.
    ///
    /// - Parameters:
    ///   - paths: where the manifest's reports go.
    ///   - header: the manifest's column names as read.
    ///   - context: what is said of the run.
    ///   - limits: how much of it goes where.
    /// - Throws: `SystemError` where nothing can be written there.
    init(
        _ paths: ReportPaths,
        header: [String],
        context: ReportContext,
        limits: Limits = Limits()
    ) throws(SystemError) {
        path = paths.results(.xlsx)
        name = paths.name
        self.header = header
        columns = header.indices.filter { !CorrectionsColumn.isOne(header[$0]) }
        self.limits = limits
        self.context = context
        workbook = try WorkbookFile(path, created: context.run.startedAt)
        styles = WorkbookStyles(workbook)
        try addSheet()
    }

    func add(_ row: RowResult) throws(SystemError) {
        counts[row.status, default: 0] += 1
        causes.add(row)
        if let sheet = sheets.last, sheet.rowCount >= limits.rows || sheet.byteCount >= limits.bytes { try addSheet() }
        let cells = columns.map { row.cells.indices.contains($0) ? SheetText.fitting(row.cells[$0]) : "" }
        let surplus = row.cells.dropFirst(header.count).map { SheetText.fitting($0) }
        let faults = faults(of: row)
        let withComments = comments.written + faults.count <= limits.comments
        comments.written += withComments ? faults.count : 0
        comments.leftOut += withComments ? 0 : faults.count
        sheets.last?.add(
            status: row.status,
            problem: advice(on: row, cells),
            cells: cells + surplus,
            faults: faults,
            withComments: withComments
        )
    }

    func finish() throws(SystemError) -> Bool {
        for sheet in sheets { sheet.finish() }
        try SummarySheet(
            name: name,
            about: context.about,
            notice: context.notice,
            counts: counts,
            causes: causes.ordered,
            remarks: remarks
        ).write(to: workbook, styles)
        try workbook.finish()
        return true
    }

    private func addSheet() throws(SystemError) {
        let number = sheets.count + 1
        let titles = columns.map { SheetText.fitting(header[$0]) }
        let sheet = try unsafe workbook.addSheet(number == 1 ? "Rows" : "Rows \(number)")
        unsafe sheets.append(ResultsSheet(sheet, styles, titles: titles))
    }

    /// What is wrong with each of a row's cells, by the cell's position among those that are written.
    private func faults(of row: RowResult) -> [Int: String] {
        guard !row.status.isSettledWell, let problem = row.problem else { return [:] }
        let parts =
            problem.parts.isEmpty ? [Problem.Part(field: problem.field, message: problem.message)] : problem.parts
        var faults: [Int: String] = [:]
        for part in parts where !part.field.isEmpty {
            guard let position = columns.firstIndex(where: { header[$0] == part.field }) else { continue }
            faults[position] = faults[position].map { "\($0)\n\(part.message)" } ?? part.message
        }
        return faults
    }

    /// What is wrong with a row and what to do: a line for each of its faults, and one for what they do not say.
    private func advice(on row: RowResult, _ cells: [String]) -> String {
        guard let problem = row.problem else { return row.status.advice ?? "" }
        let parts =
            problem.parts.isEmpty ? [Problem.Part(field: problem.field, message: problem.message)] : problem.parts
        let faults = parts.map { $0.field.isEmpty ? $0.message : "\($0.field): \($0.message)" }
        var text = (faults + [row.status.advice].compactMap(\.self)).joined(separator: "\n")
        // What a sheet has beside its table is passed over when it is read, and so would be the fault.
        let isBeside = problem.code == "csv.tooManyCells"
        if row.status == .invalid, isBeside || MisreadMark.isNeeded(for: problem.code) {
            let column = columns.firstIndex { header[$0] == problem.field }
            text = text.prefix(SheetText.limit - 300) + MisreadMark.suffix(column: column, cells: cells)
        }
        return SheetText.fitting(text)
    }

    /// What a reader must know of the sheets.
    private var remarks: [String] {
        var remarks: [String] = []
        if sheets.count > 1 { remarks.append("The rows go on in \(sheets.count) sheets, as one holds no more.") }
        if comments.leftOut > 0 {
            remarks.append(
                "The first \(comments.written) cells at fault have a comment; \(comments.leftOut) more are only coloured, "
                    + "and \(CorrectionsColumn.problem.rawValue) says what is wrong."
            )
        }
        return remarks
    }
}
