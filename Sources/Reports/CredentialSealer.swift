package import Checkpoint
package import Platform

/// Makes of a one-time password what may be kept on disk.
///
/// It is a seam: a password is sealed before anything is put on disk, the checkpoint included, so that whoever reads the
/// disk learns nothing.
package protocol CredentialSealer: Sendable {
    /// Seals a password.
    ///
    /// - Parameter password: the password; one that is sealed already comes back as it is.
    /// - Returns: what is kept in its place.
    /// - Throws: `ReportError` where that fails.
    func seal(_ password: Secret) throws(ReportError) -> Secret
}

extension CredentialSealer {
    /// Seals a customer's password.
    ///
    /// - Parameter credentials: the customer's credentials.
    /// - Returns: the same with the sealed password.
    /// - Throws: `ReportError` where that fails.
    package func seal(_ credentials: Credentials) throws(ReportError) -> Credentials {
        var sealed = credentials
        sealed.password = try seal(credentials.password)
        return sealed
    }
}
