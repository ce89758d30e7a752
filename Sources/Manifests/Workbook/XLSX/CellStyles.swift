/// The number formats of an XLSX workbook's cell styles.
struct CellStyles {
    private var formats: [NumberFormat] = []

    /// No styles, for a workbook that has none.
    init() {}

    /// Reads the part that has them.
    ///
    /// - Throws: `ManifestError` where it is damaged.
    init(_ archive: ZipArchive, part: String) throws(ManifestError) {
        var custom: [Int: NumberFormat] = [:]
        var isInCellFormats = false
        let stream = try XLSXStream(archive, part: part)
        while let event = try stream.next() {
            switch event {
            case .start(.cellFormats): isInCellFormats = true
            case .end(.cellFormats): isInCellFormats = false
            case .start(.customFormat):
                guard let number = stream.attribute(.formatNumber).flatMap({ Int($0) }), custom.count < 1 << 14 else {
                    continue
                }
                custom[number] = NumberFormat(code: stream.attribute(.formatCode) ?? "")
            case .start(.cellFormat) where isInCellFormats && formats.count < 1 << 16:
                let number = stream.attribute(.formatNumber).flatMap { Int($0) } ?? 0
                formats.append(custom[number] ?? NumberFormat(builtIn: number))
            default: break
            }
        }
    }

    /// The number format of a style; the general one where there is no such style.
    subscript(style: Int) -> NumberFormat {
        formats.indices.contains(style) ? formats[style] : .general
    }
}
