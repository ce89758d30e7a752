internal import Checkpoint
internal import Platform

/// A file made of a manifest's rows, which are fed to it one by one, in the manifest's order.
///
/// It is the seam between the rows and a format: every format of a run is fed in the same pass. A report that is let go
/// before it is finished leaves the file of the last run as it was. Every call blocks on the file.
protocol RowReport: AnyObject {
    /// The file's path.
    var path: String { get }

    /// Takes the next row.
    ///
    /// - Parameter row: the row's result.
    /// - Throws: `SystemError` where it can't be written.
    func add(_ row: RowResult) throws(SystemError)

    /// Puts the file in its place.
    ///
    /// - Returns: whether there is a file; a report without a row may do without.
    /// - Throws: `SystemError` where it can't be saved.
    func finish() throws(SystemError) -> Bool
}
