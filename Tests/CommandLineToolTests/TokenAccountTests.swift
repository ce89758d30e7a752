import Foundation
import PartnerCenterClient
import Platform
import TestSupport
import Testing

@testable import CommandLineTool

/// Whose tokens they are, which decides what an export may go on with.
struct TokenAccountTests {
    private func token(tenant: String, user: String, expiry: Int) -> String {
        let claims = #"{"tid":"\#(tenant)","appid":"app","oid":"\#(user)","exp":\#(expiry)}"#
        let text = Data(claims.utf8).base64EncodedString().replacingOccurrences(of: "=", with: "")
        return "e30.\(text).c2ln"
    }

    private func account(_ token: String) async throws -> String {
        try await TokenSource.token(Secret(token)).account()
    }

    @Test func aRenewedTokenIsOfTheSameAccount() async throws {
        let first = try await account(token(tenant: "t", user: "u", expiry: 1))
        #expect(try await account(token(tenant: "t", user: "u", expiry: 2)) == first)
        #expect(try await account(token(tenant: "other", user: "u", expiry: 1)) != first)
        #expect(try await account(token(tenant: "t", user: "other", expiry: 1)) != first)
    }

    @Test func aTokenThatTellsNothingStandsForItselfAndIsNotShown() async throws {
        let secret = "opaque-token-of-somebody"
        #expect(try await account(secret) == account(" \(secret)\n"))
        #expect(try await account(secret) != account("another"))
        #expect(try await !account(secret).contains(secret))
    }

    @Test func aTokensFileIsKnownByWhatIsInIt() async throws {
        let folder = try TemporaryFolder()
        let source = TokenSource.file(folder("token"))
        _ = try folder.write("one", to: "token")
        let one = try await source.account()
        _ = try folder.write("two", to: "token")
        #expect(try await source.account() != one)
    }

    @Test func anApplicationIsKnownByItsNameAndItsTenant() async throws {
        func account(tenant: String, client: String) async throws -> String {
            let address = TokenAuthority.Address(.global, tenant: tenant)
            return try await TokenSource.clientCredentials(address, clientId: client, secretFile: nil).account()
        }
        let first = try await account(tenant: "a", client: "c")
        #expect(try await account(tenant: "a", client: "c") == first)
        #expect(try await account(tenant: "b", client: "c") != first)
        #expect(try await account(tenant: "a", client: "d") != first)
    }
}
