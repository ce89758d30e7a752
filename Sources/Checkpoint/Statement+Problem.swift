internal import SQLite

extension Statement {
    /// Binds a number.
    ///
    /// - Parameters:
    ///   - value: the value; nil is null.
    ///   - index: the parameter, from 1.
    /// - Throws: `SQLiteError` where there is no such parameter.
    func bind(_ value: Int?, at index: Int32) throws(SQLiteError) {
        try bind(value.map(Int64.init), at: index)
    }

    /// Binds a problem to three parameters in a row: code, field, message.
    ///
    /// - Parameters:
    ///   - problem: the problem; nil is three nulls.
    ///   - index: the first parameter, from 1.
    /// - Throws: `SQLiteError` where there is no such parameter.
    func bind(_ problem: Problem?, at index: Int32) throws(SQLiteError) {
        try bind(problem?.code, at: index)
        try bind(problem?.field, at: index + 1)
        try bind(problem?.message, at: index + 2)
    }

    /// The number in a column of the present row.
    ///
    /// - Parameter column: the column, from 0.
    /// - Returns: the number; nil for null.
    func optionalInt(at column: Int32) -> Int? { optionalInt64(at: column).map(Int.init) }

    /// The problem in three columns in a row: code, field, message.
    ///
    /// - Parameter column: the first column, from 0.
    /// - Returns: the problem; nil where the code is null.
    func problem(at column: Int32) -> Problem? {
        guard let code = optionalText(at: column) else { return nil }
        return Problem(code: code, field: text(at: column + 1), message: text(at: column + 2))
    }
}
