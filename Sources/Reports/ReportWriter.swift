package import Checkpoint
internal import Platform

/// Reads the rows of a manifest in its order: those after a row's number, as many as a limit; fewer at the end.
package typealias RowPages = @Sendable (_ after: Int, _ limit: Int) async throws -> [RowResult]

/// Writes a run's reports, on a thread of its own.
///
/// Each is written beside its place and renamed into it, so that a reader sees the last run's report or this one's.
package actor ReportWriter {
    /// How many rows are asked for at a time, and held at once.
    static let pageSize = 500

    private let executor = QueueExecutor("reports")
    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        unsafe executor.asUnownedSerialExecutor()
    }

    /// Makes a writer; nothing is touched yet.
    package init() {}

    /// Sees to it that reports can be written, before there is anything to report.
    ///
    /// - Parameter folder: the reports folder; made if missing.
    /// - Throws: `ReportError` where nothing can be written there.
    package func prepare(_ folder: String) throws(ReportError) {
        try makeFolder(folder)
        let probe = ReportPaths.summary(in: folder)
        try ReportError.naming(probe) { () throws(SystemError) in _ = try ReplacementFile(probe) }
    }

    /// Writes the results and the corrections of a manifest, all in one pass over its rows.
    ///
    /// The corrections are written whatever the formats; where no row needs a person, those of an earlier run are removed.
    ///
    /// - Parameters:
    ///   - header: the manifest's column names as read.
    ///   - paths: where its reports go; the folder is made if missing.
    ///   - formats: the forms in which the results are written.
    ///   - context: what is said of the run.
    ///   - rows: where the rows come from.
    /// - Returns: the paths of the files that were written.
    /// - Throws: `ReportError` where one can't be written, and what `rows` throws.
    package func write(
        header: [String],
        to paths: ReportPaths,
        formats: Set<ReportFormat>,
        context: ReportContext,
        rows: RowPages
    ) async throws -> [String] {
        try makeFolder(paths.folder)
        let reports = try Self.reports(header: header, paths: paths, formats: formats, context: context)
        var last = 0
        while true {
            let page = try await rows(last, Self.pageSize)
            for row in page {
                for report in reports {
                    try ReportError.naming(report.path) { () throws(SystemError) in try report.add(row) }
                }
            }
            guard page.count == Self.pageSize, let end = page.last else { break }
            last = end.row
        }
        return try reports.compactMap { report in
            try ReportError.naming(report.path) { () throws(SystemError) in try report.finish() } ? report.path : nil
        }
    }

    /// Writes a run's summary.
    ///
    /// - Parameters:
    ///   - summary: what is written.
    ///   - path: its place; the folder is made if missing.
    /// - Throws: `ReportError` where it can't be written.
    package func write(_ summary: Summary, to path: String) throws(ReportError) {
        try makeFolder(Folder.parent(of: path))
        let text: String
        do {
            text = try summary.json()
        } catch {
            throw ReportError(path: path, message: "the summary can't be put into JSON: \(error)")
        }
        try ReportError.naming(path) { () throws(SystemError) in
            var file = try ReplacementFile(path)
            try file.write(text)
            try file.commit()
        }
    }

    private func makeFolder(_ path: String) throws(ReportError) {
        try ReportError.naming(path) { () throws(SystemError) in try Folder.make(path) }
    }

    private static func reports(
        header: [String],
        paths: ReportPaths,
        formats: Set<ReportFormat>,
        context: ReportContext
    ) throws(ReportError) -> [any RowReport] {
        var reports: [any RowReport] = []
        for format in ReportFormat.allCases where formats.contains(format) {
            let path = paths.results(format)
            let report = try ReportError.naming(path) { () throws(SystemError) -> any RowReport in
                switch format {
                case .csv: try ResultsCSV(path)
                case .jsonLines: try ResultsJSONLines(path)
                case .xml: try ResultsXML(path)
                case .xlsx: try ResultsWorkbook(paths, header: header, context: context)
                case .html: try ReportPage(paths, header: header, context: context)
                }
            }
            reports.append(report)
        }
        return reports + [CorrectionsCSV(paths.corrections, header: header)]
    }
}
