internal import CXLSXWriter
internal import Checkpoint
internal import Platform
internal import Workbooks

/// The sheet behind the rows: counts by status with a chart, and the causes that explain most of what is wrong.
struct SummarySheet {
    /// How many causes are listed.
    private static let mostCauses = 50
    private static let chartRows = 15

    /// The manifest's name.
    let name: String
    /// What is said of the run.
    let about: String
    /// That the run did not come to its end; nil where it did.
    let notice: String?
    let counts: [RowStatus: Int]
    /// The causes, those of most rows first.
    let causes: [CauseTally.Entry]
    /// What a reader must know of the other sheets.
    let remarks: [String]

    /// Writes the sheet, from its top to its end.
    ///
    /// - Parameters:
    ///   - workbook: the workbook; its last sheet is this one.
    ///   - styles: its formats.
    /// - Throws: `SystemError` where no file can be made for it.
    func write(to workbook: WorkbookFile, _ styles: WorkbookStyles) throws(SystemError) {
        let sheet = try unsafe workbook.addSheet("Summary")
        for (column, width) in [14.0, 10, 32, 90, 32, 10].enumerated() {
            unsafe worksheet_set_column(sheet, UInt16(column), UInt16(column), width, nil)
        }
        unsafe worksheet_set_landscape(sheet)
        unsafe worksheet_fit_to_pages(sheet, 1, 0)
        var row: UInt32 = 0
        func next(_ texts: [String], _ format: WorkbookStyles.Format) {
            for (column, text) in texts.enumerated() {
                unsafe worksheet_write_string(sheet, row, UInt16(column), SheetText.escaped(text), format)
            }
            row += 1
        }
        unsafe worksheet_set_row(sheet, 0, 22, nil)
        unsafe next([SheetText.fitting(name)], styles.title)
        next([about], nil)
        if let notice { unsafe next([notice], styles.notice) }
        for remark in remarks { next([remark], nil) }
        row += 1
        unsafe next(["status", "rows", "what it means"], styles.header)
        let statuses = RowStatus.allCases.filter { counts[$0] ?? 0 > 0 }
        let first = row
        for status in statuses {
            unsafe worksheet_write_string(sheet, row, 0, status.rawValue, styles.status(status))
            unsafe worksheet_write_number(sheet, row, 1, Double(counts[status] ?? 0), styles.number)
            unsafe worksheet_write_string(sheet, row, 2, status.meaning, styles.indented)
            row += 1
        }
        unsafe worksheet_write_string(sheet, row, 0, "all rows", nil)
        unsafe worksheet_write_number(sheet, row, 1, Double(counts.values.reduce(0, +)), styles.number)
        row += 2
        if !statuses.isEmpty {
            unsafe chart(statuses, from: first, at: row, workbook, sheet)
            row += UInt32(Self.chartRows) + 1
        }
        guard !causes.isEmpty else { return }
        let titles = [
            "status", "rows", "column", "what is wrong, as on the first such row", "rule or code", "its line",
        ]
        unsafe next(titles, styles.header)
        for cause in causes.prefix(Self.mostCauses) {
            let texts = [cause.cause.field, cause.message, cause.cause.code].map { SheetText.fitting($0) }
            let lines = SheetText.width(texts[1]) / 85 + 1
            if lines > 1 { unsafe worksheet_set_row(sheet, row, Double(15 * min(lines, 12)), nil) }
            unsafe worksheet_write_string(sheet, row, 0, cause.cause.status.rawValue, styles.status(cause.cause.status))
            unsafe worksheet_write_number(sheet, row, 1, Double(cause.rows), styles.number)
            for (column, text) in texts.enumerated() {
                unsafe worksheet_write_string(sheet, row, UInt16(column + 2), SheetText.escaped(text), styles.plain)
            }
            unsafe worksheet_write_number(sheet, row, 5, Double(cause.line), styles.number)
            row += 1
        }
        if causes.count > Self.mostCauses {
            next(["\(causes.count - Self.mostCauses) more causes explain fewer rows each"], nil)
        }
    }

    /// Adds the chart: a bar for each status, coloured as the status is.
    private func chart(
        _ statuses: [RowStatus],
        from first: UInt32,
        at row: UInt32,
        _ workbook: WorkbookFile,
        _ sheet: UnsafeMutablePointer<lxw_worksheet>
    ) {
        let last = first + UInt32(statuses.count)
        let chart = unsafe workbook_add_chart(workbook.handle, UInt8(LXW_CHART_BAR.rawValue))
        let series = unsafe chart_add_series(
            chart,
            "=Summary!$A$\(first + 1):$A$\(last)",
            "=Summary!$B$\(first + 1):$B$\(last)"
        )
        unsafe chart_series_set_name(series, "rows")
        unsafe chart_series_set_labels(series)
        unsafe color(series, statuses)
        unsafe chart_set_series_gap(chart, 60)
        unsafe chart_title_set_name(chart, "Rows by status")
        unsafe chart_legend_set_position(chart, UInt8(LXW_CHART_LEGEND_NONE.rawValue))
        if let axes = unsafe chart?.pointee {
            // The first status on top, as in the table.
            unsafe chart_axis_set_reverse(axes.y_axis)
            unsafe chart_axis_set_min(axes.x_axis, 0)
            unsafe chart_axis_major_gridlines_set_visible(axes.x_axis, 0)
        }
        var options = unsafe lxw_chart_options()
        unsafe options.x_scale = 1.4
        unsafe worksheet_insert_chart_opt(sheet, row, 0, chart, &options)
    }

    private func color(_ series: UnsafeMutablePointer<lxw_chart_series>?, _ statuses: [RowStatus]) {
        var fills = statuses.map { status in
            var fill = lxw_chart_fill()
            fill.color = status.outlook.color
            return fill
        }
        unsafe fills.withUnsafeMutableBufferPointer { fills in
            var points = unsafe fills.indices.map { index in
                var point = unsafe lxw_chart_point()
                unsafe point.fill = fills.baseAddress.map { unsafe $0 + index }
                return unsafe point
            }
            unsafe points.withUnsafeMutableBufferPointer { points in
                var list = unsafe points.indices.map { index in unsafe points.baseAddress.map { unsafe $0 + index } }
                unsafe list.append(nil)
                _ = unsafe list.withUnsafeMutableBufferPointer { list in
                    unsafe chart_series_set_points(series, list.baseAddress)
                }
            }
        }
    }
}
