/// A form in which the results are written, by the name that `--report-formats` gives it.
package enum ReportFormat: String, CaseIterable, Hashable, Sendable {
    /// `.results.csv`, for spreadsheets.
    case csv
    /// `.results.jsonl`, for programs.
    case jsonLines = "jsonl"
    /// `.results.xml`, for programs.
    case xml
    /// `.results.xlsx`, a workbook for people.
    case xlsx
    /// `.report.html`, a page for people.
    case html
}
