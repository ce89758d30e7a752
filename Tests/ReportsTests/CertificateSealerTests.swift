import Checkpoint
import Foundation
import Platform
import Reports
import TestSupport
import Testing

struct CertificateSealerTests {
    let folder: TemporaryFolder
    let certificates: Certificates

    init() throws {
        folder = try TemporaryFolder()
        certificates = Certificates(in: folder)
    }

    private func seal(_ password: String, for paths: [String]) throws -> String {
        let sealed = try CertificateSealer(paths).seal(Secret(password)).reveal()
        #expect(sealed.hasPrefix("cms:") && sealed.allSatisfy(\.isASCII) && !sealed.contains { $0.isWhitespace })
        return String(sealed.dropFirst(4))
    }

    private func complaint(_ paths: [String], now: Timestamp = .now()) -> CertificateError? {
        do {
            _ = try CertificateSealer(paths, now: now)
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: ["Xk7!pass", "", "two\r\nlines\n", "=1+1,\"", "Ünïcødé 한국", String(repeating: "x", count: 5000)])
    func whoHoldsTheKeyOpensExactlyThePassword(password: String) throws {
        let sealed = try seal(password, for: [try certificates.make("anna")])
        #expect(try Array(certificates.open(sealed, with: "anna").utf8) == Array(password.utf8))
    }

    @Test(arguments: [["rsa:3072"], ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"]])
    func everyKeyOfSeveralOpensIt(key: [String]) throws {
        let paths = [try certificates.make("anna"), try certificates.make("ben", key: key)]
        try certificates.make("mallory")
        let sealed = try seal("Xk7!pass", for: paths)
        for name in ["anna", "ben"] { #expect(try certificates.open(sealed, with: name) == "Xk7!pass") }
        #expect((try? certificates.open(sealed, with: "mallory")) != "Xk7!pass")
    }

    @Test func noTwoSealedPasswordsAreAlikeAndNoneIsSealedTwice() throws {
        let sealer = try CertificateSealer([try certificates.make("anna")])
        let sealed = try sealer.seal(Secret("Xk7!pass"))
        #expect(try sealer.seal(Secret("Xk7!pass")) != sealed)
        #expect(try sealer.seal(sealed) == sealed)
    }

    @Test func aFileThatIsNoCertificateIsSaidToBeNone() throws {
        let path = try certificates.make("anna")
        #expect(complaint([folder("nobody.pem")])?.isMissing == true)
        #expect(complaint([folder("anna.key")])?.message.contains("no certificate in PEM") == true)
        _ = try folder.write("", to: "empty.pem")
        #expect(complaint([path, folder("empty.pem")])?.path == folder("empty.pem"))
        _ = try folder.write(try folder.read("anna.pem") + folder.read("anna.pem"), to: "two.pem")
        #expect(complaint([folder("two.pem")])?.message.contains("several certificates") == true)
    }

    @Test func aCertificateThatIsNotValidNowIsRefused() throws {
        let path = try certificates.make("anna")
        let now = Timestamp.now().milliseconds
        let day: Int64 = 86_400_000
        #expect(complaint([path], now: Timestamp(milliseconds: now + 29 * day)) == nil)
        let expired = try #require(complaint([path], now: Timestamp(milliseconds: now + 31 * day)))
        #expect(expired.message.contains("expired on 20") && !expired.isMissing)
        #expect(
            complaint([path], now: Timestamp(milliseconds: now - day))?.message.contains("not valid before") == true
        )
    }

    @Test func aCertificateThatIsNotForEncryptionIsRefused() throws {
        let signing = try certificates.make("signing", options: ["-addext", "keyUsage=digitalSignature"])
        #expect(complaint([signing])?.message.contains("keyEncipherment") == true)
        let both = try certificates.make("both", options: ["-addext", "keyUsage=digitalSignature,keyEncipherment"])
        #expect(complaint([both]) == nil)
        let edwards = try certificates.make("edwards", key: ["ed25519"])
        #expect(complaint([edwards])?.message.contains("for signatures only") == true)
    }

    @Test func aSealedPasswordIsOnFileInOneLine() async throws {
        let sealer = try CertificateSealer([try certificates.make("anna")])
        let file = CredentialsFile(folder("credentials.csv"))
        let sealed = try sealer.seal(Sample.credentials(1))
        try await file.append(sealed)
        let lines = try folder.read("credentials.csv").split(separator: "\r\n")
        #expect(lines.count == 2)
        #expect(lines[1] == "id-1,c1.example,admin,\(sealed.password.reveal())")
    }
}
