import Foundation
import Testing

@testable import Platform

struct OpenDescriptorTests {
    @Test func aFullPipeThatDoesNotBlockIsWaitedForAndNothingIsLost() async throws {
        let pipe = Pipe()
        let number = pipe.fileHandleForWriting.fileDescriptor
        #expect(fcntl(number, F_SETFL, O_NONBLOCK) == 0)
        // Far more than a pipe holds, so that the writer finds it full again and again.
        let text = String(repeating: "0123456789abcdef", count: 1 << 16)
        let queue = DispatchQueue(label: "writer")
        async let written: Result<Void, any Error> = withCheckedContinuation { continuation in
            queue.async {
                let result = Result { try OpenDescriptor(number, name: "pipe").write(text.utf8) }
                pipe.fileHandleForWriting.closeFile()
                continuation.resume(returning: result)
            }
        }
        let read = await withCheckedContinuation { continuation in
            DispatchQueue(label: "reader").async {
                continuation.resume(returning: pipe.fileHandleForReading.readDataToEndOfFile())
            }
        }
        #expect(read.elementsEqual(text.utf8))
        try await written.get()
    }

    @Test func anErrorNamesWhatCouldNotBeWritten() {
        let error = #expect(throws: SystemError.self) { try OpenDescriptor(-1, name: "the log").write("x".utf8) }
        #expect(error?.code == EBADF)
        #expect(error?.description == "the log: can't write: Bad file descriptor")
    }
}
