/// A cloud that Partner Center runs in, with the addresses that belong to it.
package enum NationalCloud: String, CaseIterable, Sendable {
    /// The public cloud.
    case global
    /// The cloud that 21Vianet runs in China.
    case china
    /// The cloud for the United States' government.
    case usgov
    /// The cloud for Germany, since retired.
    case germany

    /// What a person may also call it.
    private static let otherNames = ["public": global, "21Vianet": china, "usGovernment": usgov]

    /// Every name that is understood.
    package static var names: [String] { allCases.map(\.rawValue) + otherNames.keys.sorted() }

    /// Finds a cloud by one of its names, whatever their case.
    ///
    /// - Parameter name: the name.
    package init?(named name: String) {
        let folded = name.lowercased()
        let other = Self.otherNames.first { $0.key.lowercased() == folded }?.value
        guard let cloud = Self(rawValue: folded) ?? other else { return nil }
        self = cloud
    }

    /// The base URL of its identity service.
    package var authority: String {
        switch self {
        case .global: "https://login.microsoftonline.com"
        case .china: "https://login.chinacloudapi.cn"
        case .usgov: "https://login.microsoftonline.us"
        case .germany: "https://login.microsoftonline.de"
        }
    }

    /// The base URL of its Partner Center, which is also the resource that a token is asked for.
    package var endpoint: String {
        switch self {
        case .global, .usgov, .germany: "https://api.partnercenter.microsoft.com"
        case .china: "https://partner.partnercenterapi.microsoftonline.cn"
        }
    }
}
