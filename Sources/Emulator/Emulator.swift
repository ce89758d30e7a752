/// A local Partner Center, serving over HTTP.
package final class Emulator: Sendable {
    /// The port that it listens on.
    package let port: UInt16
    /// The address that it listens on.
    package let address: ListenAddress
    private let server: HTTPServer
    private let store: StoreThread

    /// The base URL, without the version: `http://127.0.0.1:8080`.
    package var url: String { "http://\(address.inURL):\(port)" }

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
            let server = try HTTPServer(configuration, handler: service)
            return Emulator(server: server, store: store, address: configuration.address)
        } catch {
            await store.close()
            throw error
        }
    }

    private init(server: HTTPServer, store: StoreThread, address: ListenAddress) {
        self.address = address
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
