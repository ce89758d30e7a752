/// How much of a workbook is unpacked and held, whatever the file does.
struct WorkbookLimits: Sendable {
    /// The most parts that an archive may have.
    var parts = 1 << 14
    /// The longest list of an archive's parts, in bytes.
    var partList = 1 << 24
    /// How many bytes any archive may unpack to.
    var unpacked = 1 << 26
    /// How many times its size an archive may unpack to beyond that; what people type packs to a tenth, seldom less.
    var ratio = 100
    /// How many bytes of shared text any archive may have in memory.
    var sharedText = 1 << 25
    /// How many times their packed size shared texts may have in memory beyond that.
    var sharedTextRatio = 32
    /// How many bytes of cells any workbook may give, one that repeats its rows or texts again and again too.
    var given = 1 << 29
    /// How many times its size a workbook may give beyond that.
    var givenRatio = 200
    /// The most rows of a sheet.
    var rows = 1 << 20
    /// The most columns of a sheet.
    var columns = 1 << 14
    /// The longest cell, in bytes.
    var cell = 1 << 20
    /// The longest row, in bytes.
    var record = 1 << 24
    /// The most sheets that are looked at.
    var sheets = 1 << 12
    /// How many rows with text are looked at for a header.
    var headerRows = CSVDialect.sampledRecords
}
