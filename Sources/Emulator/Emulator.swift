/// A local Partner Center, serving over HTTP on the loopback address.
package final class Emulator: Sendable {
    /// The port that it listens on.
    package let port: UInt16
    private let server: HTTPServer
    private let store: StoreThread

    /// The base URL, without the version: `http://127.0.0.1:8080`.
    package var url: String { "http://127.0.0.1:\(port)" }

    /// Opens the store and begins to listen.
    ///
    /// - Parameter configuration: how it is set up.
    /// - Returns: the running emulator.
    /// - Throws: `EmulatorError` where the store can't be used or the port is taken.
    package static func start(_ configuration: EmulatorConfiguration) async throws(EmulatorError) -> Emulator {
        let store = StoreThread()
        let tokens = try await store.open(configuration.store)
        do {
            let service = PartnerCenterService(configuration, store: store, tokens: tokens)
            return Emulator(server: try HTTPServer(configuration, handler: service), store: store)
        } catch {
            await store.close()
            throw error
        }
    }

    private init(server: HTTPServer, store: StoreThread) {
        self.server = server
        self.store = store
        port = server.port
    }

    /// Stops listening, closes the connections, and closes the store.
    ///
    /// A request that waits for its answer loses its connection; what was committed stays.
    package func stop() async {
        await server.stop()
        await store.close()
    }
}
