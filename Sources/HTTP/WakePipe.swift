internal import Glibc

/// Wakes a thread that waits for sockets: a pipe that it waits for, too.
@safe final class WakePipe: Sendable {
    /// What becomes readable when somebody wakes the thread.
    let reader: Int32
    private let writer: Int32

    /// Makes a pipe; nil where the system has no descriptor left.
    init?() {
        var ends: [Int32] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else { return nil }
        (reader, writer) = (ends[0], ends[1])
        // Neither end may block, or go on to a program that is started.
        for end in ends {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
    }

    deinit {
        close(reader)
        close(writer)
    }

    /// Wakes the thread, now or when it next waits.
    func wake() {
        var byte: UInt8 = 0
        // A full pipe wakes as well.
        unsafe _ = write(writer, &byte, 1)
    }

    /// Lets the thread wait again.
    func drain() {
        var bytes: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        while unsafe read(reader, &bytes, 32) == 32 {}
    }
}
