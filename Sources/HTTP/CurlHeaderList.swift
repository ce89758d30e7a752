internal import CCurl

/// The lines that libcurl puts into a request's header, kept in two pieces of memory that serve one request after the
/// other: libcurl's own list would be made of two pieces for each line.
@safe final class CurlHeaderList {
    /// The lines, each with a zero at its end.
    private var text = UnsafeMutableRawBufferPointer.allocate(byteCount: 1024, alignment: 1)
    private var nodes = UnsafeMutableBufferPointer<curl_slist>.allocate(capacity: 16)
    /// What libcurl would say of itself, but it would put that together anew for each request, twice and letter by letter.
    private static let encodings: String = {
        let features = unsafe curl_version_info(CURLVERSION_FIRST)?.pointee.features ?? 0
        return features & CURL_VERSION_LIBZ != 0 ? "Accept-Encoding: gzip, deflate\0" : ""
    }()

    private var end = 0
    private var count = 0

    deinit {
        unsafe text.deallocate()
        unsafe nodes.deallocate()
    }

    /// Writes the lines of a request's header in place of those of the last.
    ///
    /// - Parameter headers: the header's fields.
    /// - Returns: the list, which lasts until it is filled again.
    func fill(_ headers: HTTPHeaders) -> UnsafeMutablePointer<curl_slist>? {
        (end, count) = (0, 0)
        // Of a field there is one byte more than its name and value, or two, and a zero.
        makeRoom(
            bytes: headers.text.count + 3 * headers.places.count + 8 + Self.encodings.utf8.count,
            lines: headers.places.count + 2
        )
        // Without `Expect:` a large body would wait a second for a `100 Continue` that few servers send.
        begin()
        add("Expect:\0".utf8)
        if !Self.encodings.isEmpty {
            begin()
            add(Self.encodings.utf8)
        }
        for place in headers.places {
            begin()
            add(headers.text[place.name])
            // As libcurl wants it: a field without a value ends with a semicolon.
            add(place.value.isEmpty ? ";".utf8 : ": ".utf8)
            add(headers.text[place.value])
            add("\0".utf8)
        }
        return unsafe nodes.baseAddress
    }

    private func makeRoom(bytes: Int, lines: Int) {
        if unsafe bytes > text.count {
            unsafe text.deallocate()
            unsafe text = .allocate(byteCount: bytes, alignment: 1)
        }
        if unsafe lines > nodes.count {
            unsafe nodes.deallocate()
            unsafe nodes = .allocate(capacity: lines)
        }
    }

    /// Begins a line, which is the list's last until another begins.
    private func begin() {
        let line = unsafe text.baseAddress?.advanced(by: end).assumingMemoryBound(to: CChar.self)
        unsafe nodes.initializeElement(at: count, to: curl_slist(data: line, next: nil))
        if count > 0 { unsafe nodes[count - 1].next = nodes.baseAddress?.advanced(by: count) }
        count += 1
    }

    private func add(_ bytes: some Collection<UInt8>) {
        unsafe UnsafeMutableRawBufferPointer(rebasing: text[end...]).copyBytes(from: bytes)
        end += bytes.count
    }
}
