internal import Platform

/// What a country's states are called, ready for what people type.
///
/// A name is compared as a whole first, then without the words that many names have (Province, Estado de, 省), then with
/// initials in place of words; only what nothing explains is taken for a slip.
struct StateNames: Sendable {
    private let subdivisions: [Country.Subdivision]
    /// By folded names and codes, and by those of former days and abbreviations; where each stands among the subdivisions.
    private var byName: [String: Int] = [:]
    private var byOtherName: [String: Int] = [:]
    /// By what is left of a name without generic words.
    private var byCore: [String: Int] = [:]
    private var cores: [(place: Int, words: [String])] = []
    /// The names that a slip may be made in, in the subdivisions' order.
    private var spelt: [(place: Int, name: String)] = []

    /// Every country's that has any, by its code; few manifests have states that take a look at these.
    private static let all: [String: StateNames] = Dictionary(
        uniqueKeysWithValues: Country.all.lazy.filter { !$0.subdivisions.isEmpty }
            .map { ($0.code, StateNames($0.subdivisions)) }
    )

    /// The names of a country's states.
    ///
    /// - Parameter country: the country.
    /// - Returns: the names; nil where the country's states are not checked.
    static func of(_ country: Country) -> StateNames? { all[country.code] }

    private init(_ subdivisions: [Country.Subdivision]) {
        self.subdivisions = subdivisions
        func add(_ name: String, _ place: Int, to table: inout [String: Int]) {
            if table[name] == nil { table[name] = place }
        }
        for (place, part) in subdivisions.enumerated() {
            for name in part.names.map(Text.folded) {
                add(name, place, to: &byName)
                if name.unicodeScalars.count >= Self.shortestGuess { spelt.append((place, name)) }
            }
            for name in part.otherNames { add(Text.folded(name), place, to: &byOtherName) }
        }
        // A name goes before another state's code.
        for (place, part) in subdivisions.enumerated() { add(part.code.lowercasedASCII, place, to: &byName) }
        for (place, part) in subdivisions.enumerated() {
            for words in (part.names + part.otherNames).map(Self.core) where !words.isEmpty {
                add(words.joined(), place, to: &byCore)
                cores.append((place, words))
            }
        }
    }

    /// Of fewer characters, one slip makes another state: two Chinese letters are 山西 and 江西.
    private static let shortestGuess = 4

    /// Finds a state.
    ///
    /// - Parameters:
    ///   - text: what was typed.
    ///   - code: the country's code, which may stand before a state's.
    /// - Returns: the state, and how the text stands for it.
    func find(_ text: String, in code: String) -> FoundSubdivision? {
        let folded = Text.folded(text)
        guard !folded.isEmpty else { return nil }
        // Such as US-MA, of which ISO 3166-2 makes one code.
        let isWholeCode = text.utf8.dropFirst(2).first == UInt8(ascii: "-") && text.uppercasedASCII.hasPrefix(code)
        if let place = byName[folded] ?? (isWholeCode ? byName[String(folded.dropFirst(2))] : nil) {
            return found(place, .name)
        }
        if let place = byOtherName[folded] { return found(place, .otherName) }
        let words = Self.core(text)
        if let place = byCore[words.joined()] { return found(place, .name) }
        if let place = placeByInitials(words) { return found(place, .otherName) }
        guard folded.unicodeScalars.count >= Self.shortestGuess else { return nil }
        return NearestName.find(folded, among: spelt, spelt: \.name).flatMap { found($0.place, .misspelt) }
    }

    private func found(_ place: Int, _ match: FoundSubdivision.Match) -> FoundSubdivision {
        FoundSubdivision(subdivision: subdivisions[place], match: match)
    }

    /// The one state that has the same words but for initials, as in `N. Carolina`.
    private func placeByInitials(_ words: [String]) -> Int? {
        guard words.count > 1, words.contains(where: { $0.unicodeScalars.count == 1 }) else { return nil }
        let places = Set(
            cores.lazy.filter { core in
                core.words.count == words.count
                    && zip(words, core.words).contains { $0 == $1 && $0.unicodeScalars.count > 1 }
                    && zip(words, core.words).allSatisfy {
                        $0 == $1 || $0.unicodeScalars.count == 1 && $1.hasPrefix($0)
                    }
            }.map(\.place)
        )
        return places.count == 1 ? places.first : nil
    }
}

// MARK: - Generic words

extension StateNames {
    /// A name's words, folded, without those that say only what it is the name of.
    private static func core(_ name: String) -> [String] {
        name.split { $0.isWhitespace || ",.()&-/".contains($0) }.map { Text.folded(String($0)) }
            .filter { !$0.isEmpty && !genericWords.contains($0) }.map(withoutEnding)
    }

    /// A word without what Chinese puts behind a province's name.
    private static func withoutEnding(_ word: String) -> String {
        guard let last = word.utf8.last, last >= 0x80,
            let ending = genericEndings.first(where: { word.hasSuffix($0) && word.utf8.count > $0.utf8.count })
        else { return word }
        return String(word.dropLast(ending.count))
    }

    private static let genericWords: Set<String> = [
        "province", "provincia", "prov", "sheng", "shi", "zizhiqu", "municipality", "region", "autonomous", "zhuang",
        "zhuangzu", "hui", "huizu", "huizi", "uygur", "uyghur", "uighur", "state", "estado", "edo", "commonwealth",
        "territory", "union", "ut", "nct", "of", "the", "and", "de", "do", "da", "del", "du", "la", "y",
    ]

    /// The longer ones first.
    private static let genericEndings = [
        "维吾尔自治区", "維吾爾自治區", "壮族自治区", "壯族自治區", "回族自治区", "回族自治區", "自治区", "自治區", "省", "市",
    ].map(Text.folded)
}
