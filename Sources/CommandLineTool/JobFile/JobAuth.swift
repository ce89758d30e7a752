internal import HTTP
internal import PartnerCenter
internal import PartnerCenterClient
internal import Platform

/// The ways to a token that a job's `auth` can name.
enum AuthFlow: String, CaseIterable, Sendable {
    case tokenFile = "token-file"
    case clientCredentials = "client-credentials"
    case refreshToken = "refresh-token"
    case command

    private static let authorityMembers = [
        "tenant", "clientId", "clientSecretFile", "cloud", "authority", "resource", "version",
    ]

    /// The members that `auth` may have.
    var members: [String] {
        switch self {
        case .tokenFile: ["flow", "tokenFile"]
        case .clientCredentials: ["flow"] + Self.authorityMembers
        case .refreshToken: ["flow"] + Self.authorityMembers + ["refreshTokenFile"]
        case .command: ["flow", "command", "timeout"]
        }
    }
}

extension TokenSource {
    /// Reads a job's `auth`.
    ///
    /// - Parameters:
    ///   - value: the member's value.
    ///   - path: the way to it.
    ///   - folder: what paths are relative to.
    /// - Returns: where tokens come from, and the cloud where one is named.
    /// - Throws: `JobMistake` where something in it is wrong.
    static func read(
        _ value: JSONValue,
        at path: [JSONStep],
        folder: String
    ) throws(JobMistake) -> (source: TokenSource, cloud: NationalCloud?) {
        let all = AuthFlow.allCases.flatMap(\.members)
        let known = all.enumerated().filter { all.firstIndex(of: $0.element) == $0.offset }.map(\.element)
        let section = try JobSection(value, at: path, known: known)
        guard let flow = try section.word("flow", AuthFlow.allCases.map(\.rawValue), AuthFlow.init(rawValue:)) else {
            throw JobMistake(path: path, reason: " lacks the member flow")
        }
        for member in section.members where !flow.members.contains(member.name) {
            let reason =
                " does not go with the flow \(flow.rawValue), which takes \(flow.members.joined(separator: ", "))"
            throw JobMistake(path: section.place(member.name), reason: reason, isName: true)
        }
        let cloud = try section.word("cloud", NationalCloud.names, NationalCloud.init(named:))
        func file(_ name: String) throws(JobMistake) -> String? {
            try section.text(name).map { JobFile.path($0, in: folder) }
        }
        func requiredFile(_ name: String) throws(JobMistake) -> String {
            JobFile.path(try section.requiredText(name), in: folder)
        }
        switch flow {
        case .tokenFile: return (.file(try requiredFile("tokenFile")), cloud)
        case .clientCredentials:
            let address = try address(section, cloud)
            let id = try section.requiredText("clientId")
            return (.clientCredentials(address, clientId: id, secretFile: try file("clientSecretFile")), cloud)
        case .refreshToken:
            let source = TokenSource.refreshToken(
                try address(section, cloud),
                clientId: try section.requiredText("clientId"),
                secretFile: try file("clientSecretFile"),
                tokenFile: try requiredFile("refreshTokenFile")
            )
            return (source, cloud)
        case .command: return (try command(section, folder: folder), cloud)
        }
    }

    private static func address(
        _ section: JobSection,
        _ cloud: NationalCloud?
    ) throws(JobMistake) -> TokenAuthority.Address {
        let tenant = try section.requiredText("tenant")
        guard tenant.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == ".") }) else {
            throw section.mistake("tenant", " must be a domain or an identifier, such as contoso.onmicrosoft.com")
        }
        var address = TokenAuthority.Address(cloud ?? .global, tenant: tenant)
        if let authority = try url("authority", section) { address.authority = authority }
        if let resource = try section.text("resource") { address.resource = resource }
        let versions = TokenAuthority.Address.Version.allCases.map(\.rawValue)
        let version = try section.word("version", versions, TokenAuthority.Address.Version.init(rawValue:))
        address.version = version ?? address.version
        return address
    }

    private static func url(_ name: String, _ section: JobSection) throws(JobMistake) -> String? {
        guard let text = try section.text(name) else { return nil }
        do {
            try CurlTransport.check(address: text)
        } catch {
            throw section.mistake(name, " must be https://HOST, or http:// on this machine; a secret goes there")
        }
        guard !text.contains(where: { "?#@".contains($0) }) else {
            throw section.mistake(name, " takes a base URL without a query, a user or a password")
        }
        return String(text.reversed().drop { $0 == "/" }.reversed())
    }

    private static func command(_ section: JobSection, folder: String) throws(JobMistake) -> TokenSource {
        guard case .array? = section["command"], var words = try section.texts("command"), !words.isEmpty else {
            let reason = " must be a list of a program and its arguments: [\"get-token\", \"--quiet\"]"
            throw section.mistake("command", reason)
        }
        // Without a slash it is looked for along PATH.
        if words[0].contains("/") { words[0] = JobFile.path(words[0], in: folder) }
        guard let value = section["timeout"] else { return .command(words, limit: .seconds(60)) }
        guard case .number(let text) = value, let seconds = Int(text), (1...600).contains(seconds) else {
            throw section.mistake("timeout", " must be a whole number of seconds, 1 to 600")
        }
        return .command(words, limit: .seconds(seconds))
    }
}
