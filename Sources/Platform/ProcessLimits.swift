#if canImport(Glibc)
    internal import Glibc
#endif

/// What the system lets this process have.
package enum ProcessLimits {
    /// Opens what was closed of standard input, output and error, so that no file of ours takes its place.
    package static func openStandardStreams() {
        for descriptor: Int32 in 0...2 where fcntl(descriptor, F_GETFD) == -1 {
            _ = unsafe open("/dev/null", O_RDWR)
        }
    }

    /// Lets the process open as many files as its hard limit allows: each request under way takes one or two.
    ///
    /// Where the system refuses, the present limit stays.
    package static func raiseOpenFiles() {
        var limit = rlimit()
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}
