/// What the names may be that others are made of.
enum ManifestName {
    /// The bytes that are left of 255 once a moment is put before a name, or the longest ending and that of an
    /// unfinished file are added.
    static let longest = 200
}
