internal import PartnerCenter

/// What an answer settles, by its status and by who gave it.
enum AnswerMeaning: Hashable, Sendable {
    /// The service did it; what it did is in the body, if that can be read.
    case done
    /// The service won't do it.
    case refused
    /// The service, or what is in front of it, has no time.
    case throttled
    /// The service failed, and may have done it all the same.
    case failed
    /// It says neither that it was done nor that it was not.
    case unclear
    /// What is in front of the service has kept the request from it.
    case turnedAway

    /// What a request asks for, as far as that decides what its answers mean.
    enum Question: Hashable, Sendable, CaseIterable {
        /// A new customer.
        case create
        /// What there is at an address.
        case read
    }

    /// Reads an answer's status; 401 is not for here.
    ///
    /// - Parameters:
    ///   - status: the status.
    ///   - shape: what the body of an error looks like.
    ///   - question: what was asked.
    init(status: Int, shape: @autoclosure () -> ServiceFault.Shape, to question: Question) {
        self =
            switch status {
            case 200..<300: .done
            case ..<400: .unclear
            case 429: .throttled
            case 408, 500...: .failed
            default: Self.refusal(status, shape(), question)
            }
    }

    private static func refusal(_ status: Int, _ shape: ServiceFault.Shape, _ question: Question) -> AnswerMeaning {
        switch (question, shape) {
        case (_, .gateway): .turnedAway
        // An address that leads nowhere says nothing of what was sent there.
        case (.create, _) where isOfAddress(status): .turnedAway
        case (.create, .nothing) where status == 403: .turnedAway
        // Only a domain that is taken has the one, and the service gives the other without a word in some places.
        case (.create, .nothing) where status != 409 && status != 400: .unclear
        case (.create, _), (.read, _): .refused
        }
    }

    private static func isOfAddress(_ status: Int) -> Bool { [404, 405, 407, 410, 421].contains(status) }
}
