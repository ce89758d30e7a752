internal import CCurl

/// One libcurl handle with the request it carries at the moment; used only on the curl thread.
@safe final class CurlTransfer {
    let handle: UnsafeMutableRawPointer
    /// Whether the request was about to be written to a connection; before that the server can't have got it.
    private(set) var requestBegan = false
    private var exchange: CurlExchange?
    private let headerList = CurlHeaderList()
    private let options: CurlTransport.Options
    /// The address that libcurl has already, as nearly all requests of a run go to one.
    private var url = ""
    private let errorText: UnsafeMutablePointer<CChar>
    private var headers = HTTPHeaders()
    private var body: [UInt8] = []
    private var maximumBytes = 0
    private var wasTooLarge = false
    private var wasRepeated = false

    /// Makes a handle with what all requests have in common; nil where libcurl does not take it.
    init?(_ options: CurlTransport.Options) {
        guard let handle = unsafe curl_easy_init() else { return nil }
        unsafe self.handle = handle
        unsafe errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        self.options = options
        guard setProtocol(), setTrust(), setCallbacks() else { return nil }
    }

    deinit {
        unsafe curl_easy_cleanup(handle)
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
    /// To reset the handle and to set everything again would cost as much as to send the request. So each option that
    /// differs between requests is set for each of them, whatever it was for the last.
    ///
    /// - Parameter exchange: the request.
    /// - Returns: whether libcurl took all of it.
    func prepare(_ exchange: CurlExchange) -> Bool {
        self.exchange = exchange
        maximumBytes = min(exchange.request.maximumAnswerBytes ?? .max, options.maximumAnswerBytes)
        unsafe errorText.pointee = 0
        return setAddress(exchange) && setContent(exchange.request)
            && set(CURLOPT_TIMEOUT_MS, Self.milliseconds(exchange.request.timeout))
    }

    /// Unloads the request, so that the handle can carry another one.
    ///
    /// - Returns: the request.
    func clear() -> CurlExchange? {
        defer { exchange = nil }
        requestBegan = false
        headers = [:]
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

    // MARK: What all requests have in common

    private func setProtocol() -> Bool {
        set(CURLOPT_PROTOCOLS_STR, "http,https")
            && set(CURLOPT_FOLLOWLOCATION, 0)
            && set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS)
            && set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
            && set(CURLOPT_ACCEPT_ENCODING, "")
            && set(CURLOPT_NOSIGNAL, 1)
            && set(CURLOPT_TCP_KEEPALIVE, 1)
            && set(CURLOPT_CONNECTTIMEOUT_MS, Self.milliseconds(options.connectTimeout))
    }

    private func setTrust() -> Bool {
        set(CURLOPT_SSL_VERIFYPEER, 1)
            && set(CURLOPT_SSL_VERIFYHOST, 2)
            && set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
            && (options.caFile.map(setAuthorities) ?? true)
    }

    /// Trusts the authorities of a file and no others: libcurl would still look into the system's folder.
    private func setAuthorities(_ path: String) -> Bool {
        forget(CURLOPT_CAPATH) && set(CURLOPT_CAINFO, path)
    }

    // MARK: What differs between requests

    private func setAddress(_ exchange: CurlExchange) -> Bool {
        guard exchange.request.url != url else { return true }
        url = ""
        // A proxy can't reach this machine's own addresses, and plain HTTP would show it the token.
        guard exchange.isLocal ? set(CURLOPT_NOPROXY, "*") : forget(CURLOPT_NOPROXY),
            set(CURLOPT_URL, exchange.request.url)
        else { return false }
        url = exchange.request.url
        return true
    }

    private func setContent(_ request: HTTPRequest) -> Bool {
        let list = unsafe headerList.fill(request.headers)
        guard unsafe purser_curl_set_list(handle, CURLOPT_HTTPHEADER, list) == CURLE_OK else { return false }
        switch request.method {
        case "GET" where request.body.isEmpty: return setMethod(CURLOPT_HTTPGET)
        case "HEAD": return setMethod(CURLOPT_NOBODY)
        case "POST": return setMethod(CURLOPT_POST) && setBody(request.body)
        default: return setMethod(CURLOPT_POST, as: request.method) && setBody(request.body)
        }
    }

    /// Says what kind of request it is: `HTTPGET` undoes each of the others.
    private func setMethod(_ kind: CURLoption, as name: String? = nil) -> Bool {
        set(CURLOPT_HTTPGET, 1) && set(kind, 1)
            && (name.map { set(CURLOPT_CUSTOMREQUEST, $0) } ?? forget(CURLOPT_CUSTOMREQUEST))
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

    private func forget(_ option: CURLoption) -> Bool {
        unsafe purser_curl_set_text(handle, option, nil) == CURLE_OK
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
        if unsafe line.count > 5 && line[4] == UInt8(ascii: "/") && line.starts(with: "HTTP/".utf8) {
            headers = [:]
            return headers.reserve(fields: 16, bytes: 512)
        }
        guard let colon = unsafe line.firstIndex(of: UInt8(ascii: ":")) else { return }
        let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A }
        let value = unsafe line[(colon + 1)...]
        let start = unsafe value.firstIndex { !isSpace($0) } ?? value.endIndex
        let end = unsafe value.lastIndex { !isSpace($0) }.map { $0 + 1 } ?? start
        unsafe headers.append(
            UnsafeRawBufferPointer(rebasing: line[..<colon]),
            UnsafeRawBufferPointer(rebasing: line[start..<end])
        )
    }
}
