internal import CCurl

/// One libcurl handle with the request it carries at the moment; used only on the curl thread.
@safe final class CurlTransfer {
    let handle: UnsafeMutableRawPointer
    /// Whether the request was about to be written to a connection; before that the server can't have got it.
    private(set) var requestBegan = false
    private var exchange: CurlExchange?
    private var headerList: UnsafeMutablePointer<curl_slist>?
    private let errorText: UnsafeMutablePointer<CChar>
    private var headers = HTTPHeaders()
    private var body: [UInt8] = []
    private var maximumBytes = 0
    private var wasTooLarge = false
    private var wasRepeated = false

    init?() {
        guard let handle = unsafe curl_easy_init() else { return nil }
        unsafe self.handle = handle
        unsafe errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
    }

    deinit {
        unsafe curl_easy_cleanup(handle)
        unsafe curl_slist_free_all(headerList)
        unsafe errorText.deallocate()
    }

    /// The transfer that a handle belongs to.
    static func of(_ handle: UnsafeMutableRawPointer?) -> CurlTransfer? {
        var context: UnsafeMutableRawPointer?
        guard unsafe purser_curl_get_pointer(handle, CURLINFO_PRIVATE, &context) == CURLE_OK else { return nil }
        return unsafe context.map { unsafe Unmanaged<CurlTransfer>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Loads a request into the handle.
    ///
    /// - Parameters:
    ///   - exchange: the request.
    ///   - options: the transport's.
    /// - Returns: whether libcurl took all of it.
    func prepare(_ exchange: CurlExchange, _ options: CurlTransport.Options) -> Bool {
        self.exchange = exchange
        maximumBytes = min(exchange.request.maximumAnswerBytes ?? .max, options.maximumAnswerBytes)
        unsafe errorText.pointee = 0
        return setAddress(exchange) && setTrust(options) && setTimes(exchange.request, options)
            && setContent(exchange.request) && setCallbacks()
    }

    /// Unloads the request, so that the handle can carry another one.
    ///
    /// - Returns: the request.
    func clear() -> CurlExchange? {
        defer { exchange = nil }
        unsafe curl_easy_reset(handle)
        unsafe curl_slist_free_all(headerList)
        unsafe headerList = nil
        requestBegan = false
        headers = HTTPHeaders()
        body = []
        wasTooLarge = false
        wasRepeated = false
        return exchange
    }

    /// What became of the request.
    ///
    /// - Parameter code: libcurl's result.
    /// - Returns: the answer or the error.
    func result(_ code: CURLcode) -> Result<HTTPResponse, TransportError> {
        guard code == CURLE_OK else {
            let circumstances = CurlFailure.Circumstances(
                requestBegan: requestBegan,
                wasTooLarge: wasTooLarge,
                wasRepeated: wasRepeated,
                detail: unsafe String(cString: errorText)
            )
            return .failure(CurlFailure.error(code, circumstances))
        }
        var status = 0
        unsafe _ = purser_curl_get_long(handle, CURLINFO_RESPONSE_CODE, &status)
        return .success(HTTPResponse(status: status, headers: headers, body: body))
    }

    // MARK: Options

    private func setAddress(_ exchange: CurlExchange) -> Bool {
        // A proxy can't reach this machine's own addresses, and plain HTTP would show it the token.
        (!exchange.isLocal || set(CURLOPT_NOPROXY, "*"))
            && set(CURLOPT_URL, exchange.request.url)
            && set(CURLOPT_PROTOCOLS_STR, "http,https")
            && set(CURLOPT_FOLLOWLOCATION, 0)
            && set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS)
            && set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    }

    private func setTrust(_ options: CurlTransport.Options) -> Bool {
        set(CURLOPT_SSL_VERIFYPEER, 1)
            && set(CURLOPT_SSL_VERIFYHOST, 2)
            && set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
            && (options.caFile.map(setAuthorities) ?? true)
    }

    /// Trusts the authorities of a file and no others: libcurl would still look into the system's folder.
    private func setAuthorities(_ path: String) -> Bool {
        let isSystemForgotten = unsafe purser_curl_set_text(handle, CURLOPT_CAPATH, nil) == CURLE_OK
        return isSystemForgotten && set(CURLOPT_CAINFO, path)
    }

    private func setTimes(_ request: HTTPRequest, _ options: CurlTransport.Options) -> Bool {
        set(CURLOPT_NOSIGNAL, 1)
            && set(CURLOPT_TCP_KEEPALIVE, 1)
            && set(CURLOPT_CONNECTTIMEOUT_MS, Self.milliseconds(options.connectTimeout))
            && set(CURLOPT_TIMEOUT_MS, Self.milliseconds(request.timeout))
    }

    private func setContent(_ request: HTTPRequest) -> Bool {
        // Without `Expect:` a large body would wait a second for a `100 Continue` that few servers send.
        guard append("Expect:"), request.headers.fields.allSatisfy(append),
            unsafe purser_curl_set_list(handle, CURLOPT_HTTPHEADER, headerList) == CURLE_OK,
            set(CURLOPT_ACCEPT_ENCODING, "")
        else { return false }
        switch request.method {
        case "GET" where request.body.isEmpty: return set(CURLOPT_HTTPGET, 1)
        case "HEAD": return set(CURLOPT_NOBODY, 1)
        case "POST": return setBody(request.body)
        default: return setBody(request.body) && set(CURLOPT_CUSTOMREQUEST, request.method)
        }
    }

    /// Adds a header, as libcurl wants it: one without a value ends with a semicolon.
    private func append(_ field: HTTPHeaders.Field) -> Bool {
        field.value.isEmpty ? append(field.name, ";") : append(field.name, ": ", field.value)
    }

    /// Adds a line to the headers.
    private func append(_ parts: String...) -> Bool {
        let length = parts.reduce(0) { $0 + $1.utf8.count }
        // libcurl copies the line, of which a request has eight: each is put together where nothing is allocated for it.
        return unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: length + 1) { line in
            var end = line.startIndex
            for part in parts { end = unsafe line[end...].initialize(fromContentsOf: part.utf8) }
            unsafe line.initializeElement(at: end, to: 0)
            guard let longer = unsafe curl_slist_append(headerList, line.baseAddress) else { return false }
            unsafe headerList = longer
            return true
        }
    }

    private func setBody(_ body: [UInt8]) -> Bool {
        // The size first: it tells libcurl how much it has to copy.
        unsafe purser_curl_set_offset(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count)) == CURLE_OK
            && body.withUnsafeBytes { bytes in
                unsafe withUnsafePointer(to: 0 as UInt8) { empty in
                    let start = unsafe bytes.baseAddress ?? UnsafeRawPointer(empty)
                    return unsafe purser_curl_set_pointer(handle, CURLOPT_COPYPOSTFIELDS, start) == CURLE_OK
                }
            }
    }

    private func set(_ option: CURLoption, _ value: Int) -> Bool {
        unsafe purser_curl_set_long(handle, option, value) == CURLE_OK
    }

    private func set(_ option: CURLoption, _ value: String) -> Bool {
        unsafe value.withCString { unsafe purser_curl_set_text(handle, option, $0) } == CURLE_OK
    }

    /// At least one millisecond: to libcurl zero means no limit.
    private static func milliseconds(_ duration: Duration) -> Int {
        let (seconds, attoseconds) = duration.components
        return max(1, Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000))
    }

    // MARK: Callbacks

    private func setCallbacks() -> Bool {
        let context = unsafe Unmanaged.passUnretained(self).toOpaque()
        let set = unsafe [
            purser_curl_set_pointer(handle, CURLOPT_PRIVATE, context),
            purser_curl_set_pointer(handle, CURLOPT_ERRORBUFFER, errorText),
            purser_curl_set_pointer(handle, CURLOPT_WRITEDATA, context),
            purser_curl_set_pointer(handle, CURLOPT_HEADERDATA, context),
            purser_curl_set_pointer(handle, CURLOPT_PREREQDATA, context),
            purser_curl_set_sink(handle, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
                let piece = unsafe UnsafeRawBufferPointer(start: bytes, count: size * count)
                return unsafe CurlTransfer.at(context)?.takeBody(piece) == true ? size * count : 0
            },
            purser_curl_set_sink(handle, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
                let piece = unsafe UnsafeRawBufferPointer(start: bytes, count: size * count)
                unsafe CurlTransfer.at(context)?.takeHeader(piece)
                return size * count
            },
            purser_curl_set_prerequest(handle) { context, _, _, _, _ in
                let mayBegin = unsafe CurlTransfer.at(context)?.begin() == true
                return Int32(mayBegin ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT)
            },
        ]
        return set.allSatisfy { $0 == CURLE_OK }
    }

    private static func at(_ context: UnsafeMutableRawPointer?) -> CurlTransfer? {
        unsafe context.map { unsafe Unmanaged<CurlTransfer>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Notes that the request goes out now.
    ///
    /// libcurl repeats a request by itself where a kept connection died before an answer. The server may have got the
    /// first one, so that a POST repeated in secret could be refused for what it did itself: the caller must know.
    private func begin() -> Bool {
        if requestBegan, exchange?.request.method != "GET", exchange?.request.method != "HEAD" {
            wasRepeated = true
            return false
        }
        requestBegan = true
        return true
    }

    private func takeBody(_ piece: UnsafeRawBufferPointer) -> Bool {
        guard body.count + piece.count <= maximumBytes else {
            wasTooLarge = true
            return false
        }
        unsafe body.append(contentsOf: piece)
        return true
    }

    private func takeHeader(_ line: UnsafeRawBufferPointer) {
        // Each status line starts a new set: an interim answer's headers are not the answer's.
        if unsafe line.starts(with: "HTTP/".utf8) { return headers = HTTPHeaders() }
        guard let colon = unsafe line.firstIndex(of: UInt8(ascii: ":")) else { return }
        let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A }
        let value = unsafe line[(colon + 1)...]
        let start = unsafe value.firstIndex { !isSpace($0) } ?? value.endIndex
        let end = unsafe value.lastIndex { !isSpace($0) }.map { $0 + 1 } ?? start
        unsafe headers.append(
            String(decoding: line[..<colon], as: UTF8.self),
            String(decoding: line[start..<end], as: UTF8.self)
        )
    }
}
