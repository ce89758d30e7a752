/// Finds what somebody meant to type.
package enum NearestName {
    /// The candidate that takes the fewest typing slips to come from a text, if it is near enough to be meant.
    ///
    /// - Parameters:
    ///   - text: what was typed.
    ///   - candidates: what could have been meant; the first of equals wins.
    ///   - key: how a candidate is spelt.
    /// - Returns: the nearest candidate; nil where none is within a third of the text's length.
    package static func find<Candidate>(
        _ text: String,
        among candidates: some Sequence<Candidate>,
        spelt key: (Candidate) -> String
    ) -> Candidate? {
        let typed = Array(text.unicodeScalars)
        var best: (candidate: Candidate, distance: Int)?
        for candidate in candidates {
            let limit = min(max(typed.count / 3, 1), (best?.distance ?? .max) - 1)
            guard limit > 0 else { break }
            let distance = slips(from: typed, to: Array(key(candidate).unicodeScalars), limit: limit)
            if let distance { best = (candidate, distance) }
        }
        return best?.candidate
    }

    /// How many letters were left out, put in, changed or swapped with their neighbours; nil past a limit.
    private static func slips(from source: [Unicode.Scalar], to target: [Unicode.Scalar], limit: Int) -> Int? {
        guard abs(source.count - target.count) <= limit else { return nil }
        var beforeLast: [Int] = []
        var last = Array(0...target.count)
        for i in 0..<source.count {
            var current = [i + 1]
            for j in 0..<target.count {
                let change = last[j] + (source[i] == target[j] ? 0 : 1)
                var cost = min(change, last[j + 1] + 1, current[j] + 1)
                if i > 0, j > 0, source[i] == target[j - 1], source[i - 1] == target[j] {
                    cost = min(cost, beforeLast[j - 1] + 1)
                }
                current.append(cost)
            }
            (beforeLast, last) = (last, current)
        }
        return last[target.count] <= limit ? last[target.count] : nil
    }
}
