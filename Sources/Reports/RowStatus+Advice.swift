internal import Checkpoint

extension RowStatus {
    /// Whether somebody must look at the row; one that is only not sent yet needs nobody.
    var isToLookAt: Bool {
        switch self {
        case .invalid, .duplicate, .conflict, .rejected, .failed, .unknown: true
        case .created, .unchanged, .pending, .ready: false
        }
    }

    /// What a status means, in a few words.
    var meaning: String {
        switch self {
        case .created: "the service created it in this run"
        case .unchanged: "it existed already; nothing was sent"
        case .invalid: "something is wrong with it; never sent"
        case .duplicate: "the same customer stands on an earlier row; never sent"
        case .conflict: "the customer was created before from other values; never sent"
        case .rejected: "the service answered that it will not create it"
        case .failed: "every attempt failed; run it again"
        case .unknown: "no answer came; run it again, which settles it first"
        case .pending: "not tried yet; run it again"
        case .ready: "it would be sent"
        }
    }

    /// What is to be done with a row of the status, where its problem does not say; nil where it does, or nothing is.
    var advice: String? {
        switch self {
        case .conflict:
            "type what it was, or take the row out: a customer that exists is changed at the service, not here"
        case .rejected: "correct it, and it is sent again; as it is, it is left alone"
        case .failed: "nothing was created; the next import sends it again"
        case .unknown: "it may exist or not; the next import finds out before anything is sent"
        case .pending: "not sent yet; the next import sends it"
        case .created, .unchanged, .invalid, .duplicate, .ready: nil
        }
    }
}
