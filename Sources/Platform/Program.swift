#if canImport(Glibc)
    internal import Glibc
#endif

/// Another program, run without a shell: what it is given as arguments is what it gets.
///
/// Running blocks: do it on a thread of your own, never on the cooperative pool.
package struct Program: Hashable, Sendable {
    /// How a run ended.
    package enum End: Hashable, Sendable {
        /// It ended by itself, with this status.
        case exited(Int32)
        /// A signal ended it.
        case signalled(Int32)
        /// Its time was up, and it was killed with all that it had started.
        case timedOut
        /// The task that ran it was cancelled, and it was killed with all that it had started.
        case cancelled

        /// Reads what the system writes of a process that has ended.
        init(status: Int32) {
            self = status & 0x7F == 0 ? .exited(status >> 8 & 0xFF) : .signalled(status & 0x7F)
        }
    }

    /// What a run left.
    package struct Outcome: Hashable, Sendable {
        package let end: End
        /// The start of what it wrote to standard output.
        package let output: [UInt8]
        /// The start of what it wrote to standard error.
        package let errors: [UInt8]
    }

    /// The program, found along `PATH` where it has no slash, then its arguments.
    package let arguments: [String]
    /// The variables that it gets.
    package let environment: [String: String]

    /// Names a program.
    ///
    /// - Parameters:
    ///   - arguments: the program, found along `PATH` where it has no slash, then its arguments.
    ///   - environment: the variables that it gets.
    package init(_ arguments: [String], environment: [String: String]) {
        self.arguments = arguments
        self.environment = environment
    }

    /// Runs it to its end, or to that of the task that runs it; there is nothing for it to read.
    ///
    /// - Parameters:
    ///   - limit: how long it may take.
    ///   - maximumBytes: how much is kept of each of its outputs; the rest is read and dropped.
    /// - Returns: what it left.
    /// - Throws: `SystemError` where it can't be started.
    package func run(limit: Duration, maximumBytes: Int = 1 << 16) throws(SystemError) -> Outcome {
        let name = arguments.first ?? ""
        let output = try Pipe(name, maximumBytes)
        let errors = try Pipe(name, maximumBytes)
        let child = try start(output: output.writer, errors: errors.writer)
        output.closeWriter()
        errors.closeWriter()
        let deadline = ContinuousClock.now + limit
        var status: Int32?
        var cut: End?
        while output.isOpen || errors.isOpen || status == nil {
            // What it started may hold its outputs open long after it.
            if status == nil { status = Self.status(of: child) }
            guard ContinuousClock.now < deadline, !Task.isCancelled else {
                cut = Task.isCancelled ? .cancelled : .timedOut
                if status == nil { Self.kill(child) }
                break
            }
            let isQuiet = !Pipe.read(output, errors, milliseconds: 20)
            if isQuiet, status != nil { break }
        }
        return Outcome(end: status.map(End.init) ?? cut ?? .timedOut, output: output.bytes, errors: errors.bytes)
    }

    /// Starts it, in a process group of its own; there is nothing for it to read.
    ///
    /// - Parameters:
    ///   - output: the descriptor that becomes its standard output.
    ///   - errors: the descriptor that becomes its standard error.
    /// - Returns: the process's number.
    /// - Throws: `SystemError` where it can't be started.
    func start(output: Int32, errors: Int32) throws(SystemError) -> Int32 {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        unsafe posix_spawn_file_actions_adddup2(&actions, output, 1)
        unsafe posix_spawn_file_actions_adddup2(&actions, errors, 2)
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        // It must not inherit the signals that we ignore, and what it starts must be found when its time is up.
        var signals = sigset_t()
        unsafe sigfillset(&signals)
        unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
        unsafe sigemptyset(&signals)
        unsafe posix_spawnattr_setsigmask(&attributes, &signals)
        unsafe posix_spawnattr_setpgroup(&attributes, 0)
        let flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP
        unsafe posix_spawnattr_setflags(&attributes, Int16(flags))
        let name = arguments.first ?? ""
        var words = unsafe arguments.map { unsafe strdup($0) } + [nil]
        var variables = unsafe environment.map { unsafe strdup("\($0.key)=\($0.value)") } + [nil]
        defer { unsafe (words + variables).forEach { unsafe free($0) } }
        var child: pid_t = 0
        let code = unsafe posix_spawnp(&child, name, &actions, &attributes, &words, &variables)
        guard code == 0 else { throw SystemError(code: code, operation: "run it", path: name) }
        return child
    }

    /// How it ended, as the system writes it; nil while it runs.
    static func status(of child: pid_t) -> Int32? {
        var status: Int32 = 0
        return unsafe waitpid(child, &status, WNOHANG) == child ? status : nil
    }

    private static func kill(_ child: pid_t) {
        _ = Glibc.kill(-child, SIGKILL)
        var status: Int32 = 0
        while unsafe waitpid(child, &status, 0) < 0, errno == EINTR {}
    }
}

/// A pipe that a child process writes into.
private final class Pipe {
    let writer: Int32
    private let reader: Int32
    private let maximumBytes: Int
    private var hasWriter = true
    private(set) var isOpen = true
    /// What was read, up to the limit.
    private(set) var bytes: [UInt8] = []

    init(_ name: String, _ maximumBytes: Int) throws(SystemError) {
        var ends: [Int32] = [0, 0]
        guard unsafe pipe(&ends) == 0 else { throw SystemError(operation: "run it", path: name) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        reader = ends[0]
        writer = ends[1]
        self.maximumBytes = maximumBytes
    }

    deinit {
        closeWriter()
        close(reader)
    }

    func closeWriter() {
        if hasWriter { close(writer) }
        hasWriter = false
    }

    /// Waits for a while for one of two pipes, and reads what there is.
    ///
    /// - Returns: whether anything came.
    static func read(_ first: Pipe, _ second: Pipe, milliseconds: Int32) -> Bool {
        let open = [first, second].filter(\.isOpen)
        var entries = open.map { pollfd(fd: $0.reader, events: Int16(POLLIN), revents: 0) }
        guard unsafe poll(&entries, nfds_t(entries.count), milliseconds) > 0 else { return false }
        for (pipe, entry) in zip(open, entries) where entry.revents != 0 { pipe.readOnce() }
        return true
    }

    private func readOnce() {
        var buffer = [UInt8](repeating: 0, count: 1 << 14)
        let count = unsafe Glibc.read(reader, &buffer, buffer.count)
        if count > 0 {
            bytes += buffer[..<min(count, maximumBytes - bytes.count)]
        } else if count == 0 || errno != EINTR {
            isOpen = false
        }
    }
}
