internal import Manifests
package import Onboarding
internal import Platform

/// Counts the rows of manifests ahead of an import, so that it can be told how much is left.
package actor RowCount {
    private let executor = QueueExecutor("purser.count")
    private let settings: OnboardingSettings

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Makes a count.
    ///
    /// - Parameter settings: how the manifests are read.
    package init(settings: OnboardingSettings) { self.settings = settings }

    /// Counts the rows of manifests.
    ///
    /// - Parameter paths: the manifests.
    /// - Returns: how many rows they have; nil where one of them can't be read, or not twice, or the task is cancelled.
    package func count(_ paths: [String]) -> Int? {
        var count = 0
        for path in paths {
            guard Folder.isRegularFile(path) else { return nil }
            do {
                let reader = try Manifest.open(path, settings.manifestOptions)
                while let record = try reader.next() {
                    if !RowPreparer.isBlank(record) { count += 1 }
                    if Task.isCancelled { return nil }
                }
            } catch {
                return nil  // The import itself tells why.
            }
        }
        return count
    }
}
