import Foundation
import TestSupport
import Testing

/// What the built program does on the way to a service: certificates, versions of TLS, proxies, redirects, HTTP/2.
@Suite(
    .enabled(if: StandIn.hasPython, "python3 is missing, which the stand-in is written in"),
    .enabled(if: StandIn.hasProgram("openssl"), "openssl is missing, which makes the certificates")
)
struct TransportTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        _ = try folder.write(ManifestText.rows(1...3), to: "customers.csv")
        try openssl("ca", subject: "/CN=Stand-in Authority", [])
    }

    /// Makes a key and a certificate: `NAME.key`, `NAME.pem`.
    private func openssl(_ name: String, subject: String, _ more: [String]) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments =
            [
                "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                "-days", "2", "-subj", subject, "-keyout", folder("\(name).key"), "-out", folder("\(name).pem"),
            ] + more
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }

    /// Starts a stand-in behind TLS, with a certificate for some names.
    private func service(
        names: String = "IP:127.0.0.1",
        isSelfSigned: Bool = false,
        _ arguments: [String] = []
    ) throws -> StandIn {
        let authority = isSelfSigned ? [] : ["-CA", folder("ca.pem"), "-CAkey", folder("ca.key")]
        let extensions = ["-addext", "subjectAltName=\(names)", "-addext", "basicConstraints=critical,CA:FALSE"]
        try openssl("server", subject: "/CN=stand-in", extensions + authority)
        return try StandIn(["--tls", folder("server.pem"), folder("server.key")] + arguments, in: folder)
    }

    private func expectRefusal(_ service: StandIn, _ options: [String], says words: String) async throws {
        let result = try await service.purser(["import", "customers.csv"] + options, in: folder)
        #expect(result.exitCode == 69)
        #expect(result.errors.contains(words), "\(result.errors)")
        #expect(result.errorLines.count { $0.hasPrefix("purser:") } == 1)
        #expect(try Results(of: "customers.csv", in: folder).count("pending") == 3)
        #expect(try service.records().isEmpty)
    }

    @Test(arguments: ["json", "xml"])
    func aServiceOfTheNamedAuthorityIsTrusted(wire: String) async throws {
        let service = try service(["--gzip"])
        let results = try await service.importAll(["--ca-file", "ca.pem", "--wire", wire], in: folder)
        #expect(results.summary.exitCode == 0)
        try service.expectOneCustomerPerRow(results, rows: 3, in: folder)
    }

    @Test func anAuthorityThatNobodyNamedIsNotTrusted() async throws {
        try await expectRefusal(try service(), [], says: "give that with --ca-file FILE")
    }

    @Test(arguments: [[], ["--ca-file", "ca.pem"]])
    func aSelfSignedCertificateIsNotTrusted(options: [String]) async throws {
        try await expectRefusal(try service(isSelfSigned: true), options, says: "give that with --ca-file FILE")
    }

    @Test func aCertificateForAnotherHostIsNotTrusted() async throws {
        let service = try service(names: "DNS:elsewhere.example")
        try await expectRefusal(
            service,
            ["--ca-file", "ca.pem"],
            says: "matches target host name '127.0.0.1'; check --endpoint"
        )
    }

    @Test func anOldVersionOfTLSIsNotSpoken() async throws {
        let service = try service(["--tls-version", "1.1"])
        try await expectRefusal(service, ["--ca-file", "ca.pem"], says: "must speak TLS 1.2 or later")
    }

    @Test(arguments: ["nowhere.pem", "customers.csv"])
    func aFileWithoutAuthoritiesIsNamed(file: String) async throws {
        let result = try await service().purser(["import", "customers.csv", "--ca-file", file], in: folder)
        #expect(result.exitCode == 66)
        #expect(result.errors.contains(file), "\(result.errors)")
    }

    @Test func theProxyOfTheEnvironmentIsUsed() async throws {
        let service = try service(names: "DNS:service.example")
        let result = try await service.purser(
            ["import", "customers.csv", "--ca-file", "ca.pem"],
            at: "https://service.example",
            in: folder,
            environment: ["https_proxy": "http://127.0.0.1:\(service.proxyPort)", "no_proxy": "", "NO_PROXY": ""]
        )
        #expect(result.exitCode == 0, "\(result.errors)")
        #expect(try service.records().contains { $0.event == "proxied" && $0.path == "service.example:443" })
        try service.expectOneCustomerPerRow(try Results(of: "customers.csv", in: folder), rows: 3, in: folder)
    }

    @Test func manyRequestsGoOverOneConnectionWhereTheServiceSpeaksHTTP2() async throws {
        let service = try service(["--http2"])
        let result = try await service.purser(["export", "--to", "all.csv", "--ca-file", "ca.pem"], in: folder)
        #expect(result.exitCode == 0, "\(result.errors)")
        #expect(try service.records().map(\.event) == ["http2"])
    }

    @Test func theTokenIsNotTakenToAnotherHost() async throws {
        let other = try StandIn([], in: folder)
        let service = try StandIn(["--redirect", "\(other.url)/v1/customers"], in: folder)
        let result = try await service.purser(["import", "customers.csv", "--attempts", "1"], in: folder)
        #expect(result.exitCode != 0)
        #expect(try !service.creates().isEmpty)
        #expect(try other.records().isEmpty)
    }
}
