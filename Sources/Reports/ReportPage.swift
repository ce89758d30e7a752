internal import CResources
internal import Checkpoint
internal import PartnerCenter
internal import Platform

/// `.report.html`: one page that needs nothing but itself, for people.
///
/// The page is a template that is compiled in; the rows go into it as JSON where the template has its marker, and its
/// script draws them. Everything that came from a manifest or the service reaches the page as text.
final class ReportPage: RowReport {
    /// How many rows the table has at most: of those that somebody must look at, and of the others.
    private static let mostRows = (attention: 100_000, others: 50_000)

    let path: String
    private let header: [String]
    /// The position of the column with the team's own identifiers.
    private let externalId: Int?
    private let manifest: String
    private let results: String
    private let context: ReportContext
    private var file: ReplacementFile?
    private var counts: [RowStatus: Int] = [:]
    private var written = (attention: 0, others: 0)
    private var causes = CauseTally()

    /// Makes the page.
    ///
    /// - Parameters:
    ///   - paths: where the manifest's reports go.
    ///   - header: the manifest's column names as read.
    ///   - context: what is said of the run.
    /// - Throws: `SystemError` where nothing can be written there.
    init(_ paths: ReportPaths, header: [String], context: ReportContext) throws(SystemError) {
        path = paths.results(.html)
        manifest = paths.name
        results = Folder.name(of: paths.results(.csv))
        self.header = header
        externalId = header.firstIndex { $0.lowercased().filter(\.isLetter) == "externalid" }
        self.context = context
        file = try ReplacementFile(path)
        try file?.write(Self.template.head)
        try file?.write("<script type=\"application/json\" id=\"data-rows\">[")
    }

    func add(_ row: RowResult) throws(SystemError) {
        counts[row.status, default: 0] += 1
        causes.add(row)
        if row.status.isToLookAt {
            guard written.attention < Self.mostRows.attention else { return }
            written.attention += 1
        } else {
            guard written.others < Self.mostRows.others else { return }
            written.others += 1
        }
        var values = ResultColumn.all.map { column -> JSONValue in
            switch column.value(row) {
            case .text(let text): .string(text)
            case .number(let number): .number("\(number)")
            case .empty: .null
            }
        }
        values.append(cells(of: row))
        let parts = row.problem?.parts ?? []
        if !parts.isEmpty { values.append(.array(parts.map { .array([.string($0.field), .string($0.message)]) })) }
        try file?.write(written.attention + written.others == 1 ? "\n" : ",\n")
        try file?.write(Self.text(of: .array(values)))
    }

    /// What was typed, where a person must look at it; else only what the team knows the row by, so that it can be found.
    private func cells(of row: RowResult) -> JSONValue {
        guard !row.status.needsPerson else { return .array(row.cells.map { .string($0) }) }
        guard let externalId, row.cells.indices.contains(externalId) else { return .null }
        return .string(row.cells[externalId])
    }

    func finish() throws(SystemError) -> Bool {
        try file?.write("\n]</script>\n")
        try file?.write(script("causes", causeList))
        try file?.write(script("run", run))
        try file?.write(Self.template.tail)
        try file.take()?.commit()
        return true
    }

    private var causeList: JSONValue {
        .array(
            causes.ordered.map { entry in
                .object([
                    JSONMember(name: "status", value: .string(entry.cause.status.rawValue)),
                    JSONMember(name: "code", value: .string(entry.cause.code)),
                    JSONMember(name: "field", value: .string(entry.cause.field)),
                    JSONMember(name: "rows", value: .number("\(entry.rows)")),
                    JSONMember(name: "message", value: .string(entry.message)),
                    JSONMember(name: "line", value: .number("\(entry.line)")),
                ])
            }
        )
    }

    private var run: JSONValue {
        let activity = context.activity.slots.map { slot -> JSONValue in
            .array([slot.number, slot.created, slot.throttled, slot.other].map { .number("\($0)") })
        }
        let counts = RowStatus.allCases.compactMap { status -> JSONValue? in
            self.counts[status].map { count in
                .array(
                    [.string(status.rawValue), .number("\(count)")]
                        + [status.meaning, status.advice ?? ""].map { .string($0) }
                )
            }
        }
        return .object([
            JSONMember(name: "manifest", value: .string(manifest)),
            JSONMember(name: "results", value: .string(results)),
            JSONMember(name: "about", value: .string(context.about)),
            JSONMember(name: "notice", value: .string(context.notice ?? "")),
            JSONMember(name: "columns", value: .array(ResultColumn.all.map { .string($0.name) })),
            JSONMember(name: "header", value: .array(header.map { .string($0) })),
            JSONMember(name: "rows", value: .number("\(self.counts.values.reduce(0, +))")),
            JSONMember(name: "counts", value: .array(counts)),
            JSONMember(name: "slot", value: .number("\(context.activity.slotMilliseconds)")),
            JSONMember(name: "activity", value: .array(activity)),
        ])
    }

    private func script(_ id: String, _ value: JSONValue) -> [UInt8] {
        Array("<script type=\"application/json\" id=\"data-\(id)\">".utf8) + Self.text(of: value)
            + Array("</script>\n".utf8)
    }

    /// JSON that can't end the element that it stands in: no `<` is left in it.
    private static func text(of value: JSONValue) -> [UInt8] {
        let json = JSONWire.write(value)
        guard json.contains(UInt8(ascii: "<")) else { return json }
        return json.flatMap { $0 == UInt8(ascii: "<") ? Array("\\u003c".utf8) : [$0] }
    }

    /// What stands before and after the data.
    private static let template: (head: [UInt8], tail: [UInt8]) = {
        let text = unsafe String(
            decoding: UnsafeBufferPointer(start: purser_report_page_bytes(), count: Int(purser_report_page_size)),
            as: UTF8.self
        )
        let parts = text.split(separator: "<!-- data -->\n", maxSplits: 1).map { Array($0.utf8) }
        return (parts[0], parts[1])
    }()
}
