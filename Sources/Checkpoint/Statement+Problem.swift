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

    /// Binds what a problem is made of: the field and the message of each part in turn.
    ///
    /// - Parameters:
    ///   - problem: the problem; nil, or one of a single part, is null.
    ///   - index: the parameter, from 1.
    /// - Throws: `SQLiteError` where there is no such parameter.
    func bind(parts problem: Problem?, at index: Int32) throws(SQLiteError) {
        let texts = problem?.parts.flatMap { [$0.field, $0.message] } ?? []
        try bind(texts.isEmpty ? nil : CellCoding.encode(texts), at: index)
    }

    /// What the problem in this row is made of.
    ///
    /// - Parameter column: the column of its parts, from 0.
    /// - Returns: the parts; empty for null, and where they can't be read.
    func problemParts(at column: Int32) -> [Problem.Part] {
        guard !isNull(at: column), let texts = CellCoding.decode(bytes(at: column)) else { return [] }
        return stride(from: 0, to: texts.count - 1, by: 2).map {
            Problem.Part(field: texts[$0], message: texts[$0 + 1])
        }
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
