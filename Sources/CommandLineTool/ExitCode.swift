internal import Checkpoint
internal import Emulator
internal import HTTP
internal import Jobs
internal import Manifests
internal import PartnerCenterClient
internal import Platform
internal import Reports

/// What the process's exit code tells the one who started it (contract, section 2).
package enum ExitCode: Int32, CaseIterable, Sendable {
    /// Every row is `created` or `unchanged`.
    case success = 0
    /// Finished, but some rows need a person.
    case needsAttention = 1
    /// Wrong usage.
    case usage = 64
    /// A manifest can't be read as what it is.
    case malformedManifest = 65
    /// An input file does not exist or can't be opened.
    case missingInput = 66
    /// The service can't be reached, or failed so often that the run gave up.
    case serviceUnavailable = 69
    /// A bug in Purser.
    case bug = 70
    /// An output can't be written.
    case unwritableOutput = 73
    /// Stopped early and can be resumed.
    case stopped = 75
    /// The service refused the credentials.
    case unauthorized = 77
    /// A job file, or the checkpoint, is not one.
    case wrongConfiguration = 78

    /// The code for an error: the one place where errors meet exit codes.
    ///
    /// - Parameter error: an error of any module.
    init(for error: any Error) {
        self =
            switch error {
            case is UsageError: .usage
            case let error as ManifestError: Self(error.kind)
            case let error as InputError: error.isConfiguration ? .wrongConfiguration : .missingInput
            case let error as CheckpointError: Self(error.kind)
            case let error as EmulatorError: Self(error.kind)
            case let error as ServiceError: Self(error.kind)
            case is TransportError: .serviceUnavailable
            case is ReportError, is ExportError, is SystemError: .unwritableOutput
            default: .bug
            }
    }

    private init(_ kind: ManifestError.Kind) {
        self =
            switch kind {
            case .unavailable: .missingInput
            case .malformed: .malformedManifest
            case .misused: .usage
            }
    }

    private init(_ kind: CheckpointError.Kind) {
        self =
            switch kind {
            case .held: .stopped
            case .foreign: .wrongConfiguration
            case .unwritable: .unwritableOutput
            }
    }

    private init(_ kind: EmulatorError.Kind) {
        self =
            switch kind {
            case .busy: .stopped
            case .foreign: .wrongConfiguration
            case .unusable: .unwritableOutput
            }
    }

    private init(_ kind: ServiceError.Kind) {
        self =
            switch kind {
            case .unavailable: .serviceUnavailable
            case .unauthorized: .unauthorized
            case .unwritable: .unwritableOutput
            case .closed: .stopped
            }
    }
}

/// A file that a command needs beside its manifests, and that can't be used: a token file, a job file.
struct InputError: Error, CustomStringConvertible {
    /// What is wrong and what to do, one sentence that names the file.
    let description: String
    /// Whether the file is there and says something wrong.
    let isConfiguration: Bool
}
