extension ExitCode {
    /// What it means, for the manual page.
    var meaning: String {
        switch self {
        case .success: "Finished: every row is created or unchanged; of other commands, all is as it should be."
        case .needsAttention: "Finished, but some rows or customers need a person: see the report."
        case .usage: "Wrong usage."
        case .malformedManifest: "A manifest can't be read as what it is."
        case .missingInput: "An input file does not exist or can't be opened."
        case .serviceUnavailable:
            "The service can't be reached, or failed so often that the run gave up; run it again later."
        case .bug: "A bug in Purser."
        case .unwritableOutput: "An output can't be written: the disk is full, or there is no permission."
        case .stopped: "Stopped early, by a deadline or a signal, or another run holds the checkpoint; run it again."
        case .unauthorized: "The service refused the credentials."
        case .wrongConfiguration: "A job file or a scenario is wrong, or the checkpoint is damaged or is none."
        }
    }
}
