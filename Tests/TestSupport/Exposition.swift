/// Prometheus' text format as its description has it, read by other means than Purser's own.
package struct Exposition {
    /// The samples: what stands before the value, as it stands there, and the value.
    package private(set) var samples: [String: Double] = [:]
    /// What is wrong with the text.
    package private(set) var faults: [String] = []

    /// Reads a text.
    package init(_ text: String) throws {
        let line =
            #/([a-zA-Z_:][a-zA-Z0-9_:]*)(\{(?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\[\\"n])*",?)*\})? (-?[0-9.]+(?:e[+-]?\d+)?)/#
        if !text.hasSuffix("\n") { faults.append("the last line has no end") }
        var described: [String] = []
        for each in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
            let words = each.split(separator: " ")
            if each.hasPrefix("# HELP "), words.count > 3 {
                if described.contains(String(words[2])) { faults.append("stands in two places: \(words[2])") }
                described.append(String(words[2]))
            } else if each.hasPrefix("# TYPE ") {
                if words.count != 4 || described.last != String(words[2]) || words[3] != "gauge" {
                    faults.append("wrong type: \(each)")
                }
            } else if let match = try line.wholeMatch(in: each), let value = Double(match.3) {
                if described.last != String(match.1) { faults.append("stands below another name: \(each)") }
                if samples.updateValue(value, forKey: "\(match.1)\(match.2 ?? "")") != nil {
                    faults.append("stands there twice: \(each)")
                }
            } else {
                faults.append("is nothing: \(each)")
            }
        }
    }
}
