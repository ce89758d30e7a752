#if canImport(Glibc)
    internal import Glibc
#endif

/// Makes UTF-8 of another encoding, by the system's iconv.
@safe final class Converter {
    /// What ended a conversion.
    enum Stop {
        /// All bytes are converted.
        case end
        /// The bytes end within a character.
        case incomplete
        /// The next byte starts no character of the encoding.
        case invalid
    }

    /// What stands in the output for bytes that mean nothing: a byte that no UTF-8 has, so that whoever validates the
    /// text finds it in its cell.
    static let damage: UInt8 = 0xFF

    private let handle: iconv_t
    private var buffer = [UInt8](repeating: 0, count: 1 << 16)

    /// Makes a converter; nil where the system does not know the encoding.
    init?(from encoding: String) {
        guard let handle = unsafe iconv_open("UTF-8", encoding), Int(bitPattern: handle) != -1 else { return nil }
        unsafe self.handle = handle
    }

    deinit { _ = unsafe iconv_close(handle) }

    /// Goes back to the state in which a text begins.
    func reset() { _ = unsafe iconv(handle, nil, nil, nil, nil) }

    /// Converts bytes up to the first that can't be, and appends what comes of them.
    ///
    /// - Returns: how many bytes are converted, and why no more.
    func convert(_ bytes: Span<UInt8>, to output: inout [UInt8]) -> (count: Int, stop: Stop) {
        unsafe bytes.withUnsafeBufferPointer { source in
            guard let base = source.baseAddress else { return (0, .end) }
            // iconv's type has no const, but it does not write to its input.
            var input: UnsafeMutablePointer<CChar>? = unsafe UnsafeMutableRawPointer(mutating: base)
                .assumingMemoryBound(to: CChar.self)
            var left = source.count
            while true {
                let (status, count) = unsafe step(&input, &left)
                output.append(contentsOf: buffer[..<count])
                if status != -1 { return (source.count - left, .end) }
                switch errno {
                case E2BIG: continue
                case EINVAL: return (source.count - left, .incomplete)
                default: return (source.count - left, .invalid)
                }
            }
        }
    }

    /// Fills the buffer once.
    private func step(_ input: inout UnsafeMutablePointer<CChar>?, _ left: inout Int) -> (status: Int, count: Int) {
        unsafe buffer.withUnsafeMutableBytes { target in
            var output = unsafe target.baseAddress?.assumingMemoryBound(to: CChar.self)
            var room = target.count
            let status = unsafe iconv(handle, &input, &left, &output, &room)
            return (status, target.count - room)
        }
    }

    /// Converts bytes whatever they hold: what means nothing becomes `damage`, once for each run of it.
    ///
    /// - Parameters:
    ///   - bytes: the bytes.
    ///   - unit: how many bytes are passed over at a fault.
    ///   - isEnd: whether no more follow; else the start of a character at the end is left.
    ///   - output: what is appended to.
    /// - Returns: how many bytes are done with.
    func convertAll(_ bytes: Span<UInt8>, unit: Int, isEnd: Bool, to output: inout [UInt8]) -> Int {
        var done = 0
        while true {
            let (count, stop) = convert(bytes.extracting(done..<bytes.count), to: &output)
            done += count
            if stop == .end || stop == .incomplete && !isEnd { return done }
            if count > 0 || output.last != Self.damage { output.append(Self.damage) }
            done = min(done + unit, bytes.count)
            reset()
        }
    }
}
