internal import CXLSXWriter
internal import Platform

#if canImport(Glibc)
    internal import Glibc
#endif

/// A workbook that libxlsxwriter writes, row by row.
@safe final class WorkbookFile {
    private let path: String
    private var isClosed = false
    let handle: UnsafeMutablePointer<lxw_workbook>

    /// Makes a workbook.
    ///
    /// - Parameters:
    ///   - temporary: where it is written.
    ///   - path: where it will be, for errors.
    ///   - created: the creation date that it is given, so that the same content is the same bytes.
    /// - Throws: `SystemError` where memory is too short.
    init(_ temporary: String, for path: String, created: Timestamp) throws(SystemError) {
        var folder = Array(Folder.parent(of: temporary).utf8CString)
        let workbook = unsafe folder.withUnsafeMutableBufferPointer { folder in
            var options = unsafe lxw_workbook_options()
            unsafe options.constant_memory = 1
            unsafe options.tmpdir = folder.baseAddress
            return unsafe workbook_new_opt(temporary, &options)
        }
        guard let workbook = unsafe workbook else { throw SystemError(code: ENOMEM, operation: "write", path: path) }
        unsafe handle = workbook
        self.path = path
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
    func addSheet(_ name: String) throws(SystemError) -> UnsafeMutablePointer<lxw_worksheet> {
        guard let sheet = unsafe workbook_add_worksheet(handle, name) else { throw failure(LXW_ERROR_CREATING_TMPFILE) }
        return unsafe sheet
    }

    /// Brings the rows so far to the files that they are kept in.
    ///
    /// - Parameter sheets: the sheets with the rows.
    /// - Returns: how many bytes they are.
    /// - Throws: `SystemError` where something could not be written: libxlsxwriter does not look.
    func flush(_ sheets: [UnsafeMutablePointer<lxw_worksheet>]) throws(SystemError) -> Int {
        var size = 0
        for index in unsafe sheets.indices {
            guard let rows = unsafe sheets[index].pointee.optimize_tmpfile else { continue }
            guard unsafe fflush(rows) == 0, unsafe ferror(rows) == 0 else { throw failure(LXW_ERROR_CREATING_TMPFILE) }
            unsafe size += max(0, ftell(rows))
        }
        return size
    }

    /// Writes the workbook.
    ///
    /// - Throws: `SystemError` where it can't be written.
    func close() throws(SystemError) {
        isClosed = true
        errno = 0
        let error = unsafe workbook_close(handle)
        guard error == LXW_NO_ERROR else { throw failure(error) }
    }

    private func failure(_ error: lxw_error) -> SystemError {
        let code = error == LXW_ERROR_MEMORY_MALLOC_FAILED ? ENOMEM : errno
        return SystemError(code: code == 0 ? EIO : code, operation: "write", path: path)
    }
}
