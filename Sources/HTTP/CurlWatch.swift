internal import CCurl
internal import Glibc

/// What libcurl waits for at present: its sockets, and the moment from which it wants to look at its deadlines.
///
/// libcurl says by itself what has changed. To ask it each time costs a look at every request under way.
@safe final class CurlWatch {
    /// A socket that something can be done with, and what, in libcurl's words.
    typealias Event = (socket: curl_socket_t, what: Int32)

    private let pipe: WakePipe
    /// The pipe's end, then the sockets.
    private var descriptors: [pollfd]
    private var dueAt: ContinuousClock.Instant?
    private var events: [Event] = []

    init(_ pipe: WakePipe) {
        self.pipe = pipe
        descriptors = [pollfd(fd: pipe.reader, events: Int16(POLLIN), revents: 0)]
    }

    /// Lets libcurl say what it waits for.
    ///
    /// - Parameter multi: libcurl's handle, which must be freed before this.
    /// - Returns: whether it will.
    func attach(to multi: UnsafeMutableRawPointer) -> Bool {
        let context = unsafe Unmanaged.passUnretained(self).toOpaque()
        let sockets = unsafe purser_curl_multi_set_socket_callback(
            multi,
            { _, socket, what, context, _ in
                unsafe CurlWatch.at(context)?.watch(socket, what)
                return 0
            },
            context
        )
        let timer = unsafe purser_curl_multi_set_timer_callback(
            multi,
            { _, milliseconds, context in
                unsafe CurlWatch.at(context)?.look(after: milliseconds)
                return 0
            },
            context
        )
        return sockets == CURLM_OK && timer == CURLM_OK
    }

    /// Whether libcurl's moment has come; it says the next one by itself.
    func takeDue() -> Bool {
        guard let dueAt, dueAt <= .now else { return false }
        self.dueAt = nil
        return true
    }

    /// Waits until there is something to do, or somebody wakes the thread.
    ///
    /// - Parameter isIdle: whether there is nothing else to do meanwhile; else it only looks.
    /// - Returns: the sockets that something can be done with.
    func wait(isIdle: Bool) -> [Event] {
        events.removeAll(keepingCapacity: true)
        let limit = isIdle ? timeout : 0
        guard unsafe poll(&descriptors, nfds_t(descriptors.count), limit) > 0 else { return events }
        if descriptors[0].revents != 0 { pipe.drain() }
        for each in descriptors.dropFirst() where each.revents != 0 {
            events.append((each.fd, Self.what(Int32(each.revents))))
        }
        return events
    }

    /// The milliseconds to wait at most, rounded up; -1 for as long as it takes.
    private var timeout: Int32 {
        guard let dueAt else { return -1 }
        let wait = max(.zero, ContinuousClock.now.duration(to: dueAt)).components
        return Int32(clamping: wait.seconds * 1000 + (wait.attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }

    private static func what(_ events: Int32) -> Int32 {
        var what: Int32 = 0
        if events & POLLIN != 0 { what |= CURL_CSELECT_IN }
        if events & POLLOUT != 0 { what |= CURL_CSELECT_OUT }
        // What is closed can be read to its end.
        if events & POLLHUP != 0 { what |= CURL_CSELECT_IN }
        if events & (POLLERR | POLLNVAL) != 0 { what |= CURL_CSELECT_ERR }
        return what
    }

    // MARK: What libcurl says

    private static func at(_ context: UnsafeMutableRawPointer?) -> CurlWatch? {
        unsafe context.map { unsafe Unmanaged<CurlWatch>.fromOpaque($0).takeUnretainedValue() }
    }

    private func watch(_ socket: curl_socket_t, _ what: Int32) {
        let place = descriptors.dropFirst().firstIndex { $0.fd == socket }
        let events: Int32
        switch what {
        case CURL_POLL_IN: events = POLLIN
        case CURL_POLL_OUT: events = POLLOUT
        case CURL_POLL_INOUT: events = POLLIN | POLLOUT
        default:
            guard let place else { return }
            descriptors.swapAt(place, descriptors.count - 1)
            descriptors.removeLast()
            return
        }
        if let place {
            descriptors[place].events = Int16(events)
        } else {
            descriptors.append(pollfd(fd: socket, events: Int16(events), revents: 0))
        }
    }

    private func look(after milliseconds: Int) {
        dueAt = milliseconds < 0 ? nil : .now + .milliseconds(milliseconds)
    }
}
