internal import Platform
internal import Synchronization

/// The line that standard error is at, which progress and everything else that is told share.
enum StandardErrorLine {
    /// Whether it shows progress, which the next line is written over.
    private static let showsProgress = Mutex(false)

    /// Writes a line; where that fails there is nobody left to tell.
    ///
    /// - Parameter line: the line without its end.
    static func write(_ line: String) {
        showsProgress.withLock { showsProgress in
            put(text(of: line, over: showsProgress))
            showsProgress = false
        }
    }

    /// Shows progress in the place of what was shown before; where nobody can write over a line, in one of its own.
    ///
    /// - Parameter text: what is shown; an empty text wipes the line.
    static func overwrite(_ text: String) {
        showsProgress.withLock { showsProgress in
            put(Self.text(ofProgress: text, over: showsProgress, isTerminal: StandardStream.error.isTerminal))
            showsProgress = !text.isEmpty && StandardStream.error.isTerminal
        }
    }

    /// What a line is written as.
    ///
    /// - Parameters:
    ///   - line: the line without its end.
    ///   - progress: whether progress is shown there.
    /// - Returns: what is written.
    static func text(of line: String, over progress: Bool) -> String { (progress ? wipe : "") + line + "\n" }

    /// What progress is written as.
    ///
    /// - Parameters:
    ///   - text: what is shown; empty for nothing.
    ///   - progress: whether progress is shown there.
    ///   - isTerminal: whether a line can be written over.
    /// - Returns: what is written.
    static func text(ofProgress text: String, over progress: Bool, isTerminal: Bool) -> String {
        guard isTerminal else { return text.isEmpty ? "" : text + "\n" }
        return progress || !text.isEmpty ? wipe + text : ""
    }

    /// To the line's beginning, and erase it.
    private static let wipe = "\r\u{1B}[K"

    private static func put(_ text: String) {
        guard !text.isEmpty else { return }
        do {
            try StandardStream.error.write(text)
        } catch {
            return
        }
    }
}
