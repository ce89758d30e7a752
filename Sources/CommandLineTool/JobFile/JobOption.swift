internal import PartnerCenter
internal import Platform

/// An option of `import` as a member of a job file: `max-in-flight` is `maxInFlight`.
struct JobOption: Sendable {
    /// What a member's value must be.
    enum Shape: Hashable, Sendable {
        case text
        /// A file or a folder, relative to the job file.
        case path
        /// Several files, each relative to the job file.
        case paths
        case wholeNumber
        case flag
        /// `45m`; seconds alone where a plain number will do.
        case duration(plainSeconds: Bool)
        case word([String])
        /// Several words, or one text with commas.
        case list
    }

    /// The option's name, without hyphens before it.
    let option: String
    let shape: Shape

    /// The member's name.
    var name: String {
        let parts = option.split(separator: "-")
        return parts.prefix(1).joined() + parts.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    /// Every option that a job file can give.
    static let all = ImportCommand.specification.options.filter { $0.name != CommonOptions.job.name }.map(
        JobOption.init
    )

    private init(_ option: CommandSpecification.Option) {
        self.option = option.name
        shape =
            switch option.value {
            case nil: .flag
            case "FILE", "DIR": .path
            case "FILE,...": .paths
            case "N": .wholeNumber
            case "DURATION": .duration(plainSeconds: false)
            case "SECONDS": .duration(plainSeconds: true)
            case let name? where name.hasPrefix("LIST"): .list
            case let name? where name == name.lowercased(): .word(name.split(separator: "|").map(String.init))
            default: .text
            }
    }

    /// What the member says, as the option's value would be typed; nil for a flag that is off.
    ///
    /// - Parameters:
    ///   - section: the object that the member is in; it has the member.
    ///   - folder: what paths are relative to.
    /// - Returns: the value; empty for a flag that is on.
    /// - Throws: `JobMistake` where it is of another kind, or is nothing that the option takes.
    func value(in section: JobSection, folder: String) throws(JobMistake) -> String? {
        let value: String?
        switch (shape, section[name] ?? .null) {
        case (.flag, .bool(let isOn)): value = isOn ? "" : nil
        case (.flag, _): throw section.mistake(name, " must be true or false")
        case (.wholeNumber, .number(let text)), (.duration(plainSeconds: true), .number(let text)): value = text
        case (.wholeNumber, _): throw section.mistake(name, " must be a whole number")
        case (.list, _): value = try section.texts(name)?.joined(separator: ",")
        case (.paths, _):
            value = try section.texts(name)?.map { JobFile.path($0, in: folder) }.joined(separator: ",")
        case (.path, _): value = try section.text(name).map { JobFile.path($0, in: folder) }
        default: value = try section.text(name)
        }
        if let value { try check(value, section) }
        return value
    }

    /// Asks the command that takes the option; what it says of the option it says of the member.
    private func check(_ value: String, _ section: JobSection) throws(JobMistake) {
        do {
            try ImportCommand.check(Arguments(option: option, value: value, isFlag: shape == .flag))
        } catch {
            let sentence = "\(error)"
            let prefix = "--\(option)"
            throw section.mistake(
                name,
                sentence.hasPrefix(prefix) ? String(sentence.dropFirst(prefix.count)) : ": \(sentence)"
            )
        }
    }
}
