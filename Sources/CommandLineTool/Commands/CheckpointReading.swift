internal import Checkpoint
internal import Platform

extension CommonOptions {
    /// Opens the checkpoint for reading; a run may hold it meanwhile.
    ///
    /// - Parameter arguments: the command's arguments.
    /// - Returns: the reader, to be closed.
    /// - Throws: `InputError` where there is none, `CheckpointError` where it is none.
    static func checkpointReader(_ arguments: Arguments) async throws -> CheckpointReader {
        let path = checkpointPath(arguments)
        guard Folder.exists(path) else {
            let advice = "there is no such checkpoint; name the import's with --checkpoint FILE or --job FILE"
            throw InputError(description: "\(path): \(advice)", isConfiguration: false)
        }
        return try await CheckpointReader(path: path)
    }
}
