/// How much of a CSV text is held at once, whatever the file does.
struct CSVLimits: Sendable {
    /// The longest cell, in bytes.
    var cell = 1 << 20
    /// The longest record, in bytes.
    var record = 1 << 24
    /// The most columns, as many as a sheet of Excel has.
    var columns = 1 << 14
}
