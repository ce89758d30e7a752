package import CXLSXWriter
package import Platform

#if canImport(Glibc)
    internal import Glibc
#endif

/// A workbook that libxlsxwriter writes row by row, in memory that does not grow with the rows.
///
/// It takes its place only when it is whole; one that is dropped before leaves nothing behind. A sheet's rows have to be
/// written from its top to its end. Every call blocks.
@safe package final class WorkbookFile {
    /// What libxlsxwriter calls the workbook.
    package let handle: UnsafeMutablePointer<lxw_workbook>
    private let path: String
    private var file: ReplacementFile?
    private var sheets: [UnsafeMutablePointer<lxw_worksheet>] = unsafe []
    private var isClosed = false

    /// Starts a workbook.
    ///
    /// - Parameters:
    ///   - path: the path that it will have.
    ///   - created: the creation date that it is given, so that the same content is the same bytes; nil: now.
    /// - Throws: `SystemError` where nothing can be written beside the path, or memory is too short.
    package init(_ path: String, created: Timestamp? = nil) throws(SystemError) {
        let file = try ReplacementFile(path)
        var folder = Array(Folder.parent(of: file.temporary).utf8CString)
        let workbook = unsafe folder.withUnsafeMutableBufferPointer { folder in
            var options = unsafe lxw_workbook_options()
            unsafe options.constant_memory = 1
            unsafe options.tmpdir = folder.baseAddress
            return unsafe workbook_new_opt(file.temporary, &options)
        }
        guard let workbook = unsafe workbook else { throw SystemError(code: ENOMEM, operation: "write", path: path) }
        unsafe handle = workbook
        self.path = path
        self.file = consume file
        guard let created else { return }
        var properties = unsafe lxw_doc_properties()
        // Zero would be the present time.
        unsafe properties.created = max(1, Int(created.milliseconds / 1000))
        unsafe workbook_set_properties(workbook, &properties)
    }

    deinit { if !isClosed { unsafe lxw_workbook_free(handle) } }

    /// Adds a sheet behind the others.
    ///
    /// - Parameter name: the sheet's name.
    /// - Returns: the sheet.
    /// - Throws: `SystemError` where memory is too short, or no file can be made for its rows.
    package func addSheet(_ name: String) throws(SystemError) -> UnsafeMutablePointer<lxw_worksheet> {
        guard let sheet = unsafe workbook_add_worksheet(handle, name) else { throw failure(LXW_ERROR_CREATING_TMPFILE) }
        unsafe sheets.append(sheet)
        return unsafe sheet
    }

    /// Writes the workbook and puts it in its place, durably.
    ///
    /// - Throws: `SystemError` where it can't be written, as on a full disk; what was there before is as it was.
    package func finish() throws(SystemError) {
        let size = try flush()
        // What libxlsxwriter can't write of its own files it leaves out, so there must be room before it begins.
        try file?.reserve(size + size / 4 + 1 << 20)
        isClosed = true
        errno = 0
        let error = unsafe workbook_close(handle)
        guard error == LXW_NO_ERROR else { throw failure(error) }
        try file.take()?.commit()
    }

    /// Brings the rows so far to the files that they are kept in, and looks whether they are there: libxlsxwriter does
    /// not.
    ///
    /// - Returns: how many bytes they are.
    private func flush() throws(SystemError) -> Int {
        var size = 0
        for index in unsafe sheets.indices {
            guard let rows = unsafe sheets[index].pointee.optimize_tmpfile else { continue }
            guard unsafe fflush(rows) == 0, unsafe ferror(rows) == 0 else { throw failure(LXW_ERROR_CREATING_TMPFILE) }
            unsafe size += max(0, ftell(rows))
        }
        return size
    }

    private func failure(_ error: lxw_error) -> SystemError {
        let code = error == LXW_ERROR_MEMORY_MALLOC_FAILED ? ENOMEM : errno
        return SystemError(code: code == 0 ? EIO : code, operation: "write", path: path)
    }
}
