/// Samples as Prometheus' text format has them.
enum MetricsText {
    /// What every file of ours begins with.
    private static let start = "# HELP purser_"

    /// Writes samples, each metric's together below what it means.
    static func write(_ samples: [MetricSample]) -> String {
        var text = ""
        for metric in Metric.allCases {
            let own = samples.filter { $0.metric == metric }
            guard !own.isEmpty else { continue }
            text += "# HELP \(metric.rawValue) \(metric.help)\n# TYPE \(metric.rawValue) gauge\n"
            for sample in own { text += "\(metric.rawValue)\(labels(sample.labels)) \(number(sample.value))\n" }
        }
        return text
    }

    /// Reads a text that `write` made, of this version or another: metrics that it does not know are passed over.
    ///
    /// - Parameter text: the text.
    /// - Returns: the samples; nil where it is another text.
    static func read(_ text: String) -> [MetricSample]? {
        guard text.hasPrefix(start) else { return nil }
        return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.compactMap(sample)
    }

    private static func labels(_ labels: [MetricLabel]) -> String {
        let list = labels.map { "\($0.name)=\"\(escaped($0.value))\"" }
        return list.isEmpty ? "" : "{\(list.joined(separator: ","))}"
    }

    private static func escaped(_ value: String) -> String {
        value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }

    /// Whole numbers are written as such.
    private static func number(_ value: Double) -> String {
        Int64(exactly: value).map(String.init) ?? "\(value)"
    }

    private static func sample(_ line: Substring) -> MetricSample? {
        guard let end = line.firstIndex(where: { "{ ".contains($0) }), let gap = line.lastIndex(of: " "),
            let metric = Metric(rawValue: String(line[..<end])), let value = Double(line[line.index(after: gap)...])
        else { return nil }
        return MetricSample(metric, labels: end < gap ? readLabels(line[end..<gap]) : [], value: value)
    }

    /// Reads `{name="value",…}`.
    private static func readLabels(_ text: Substring) -> [MetricLabel] {
        var labels: [MetricLabel] = []
        var rest = text.dropFirst()
        while let quote = rest.firstIndex(of: "\"") {
            let name = rest[..<quote].drop { $0 == "," }.dropLast()
            var value = ""
            rest = rest[rest.index(after: quote)...]
            while let character = rest.popFirst(), character != "\"" {
                guard character == "\\" else {
                    value.append(character)
                    continue
                }
                let escape = rest.popFirst()
                value.append(escape == "n" ? "\n" : escape ?? "\\")
            }
            labels.append(MetricLabel(String(name), value))
        }
        return labels
    }
}
