/// How much of an XML text is held at once, whatever the document does.
struct XMLLimits: Sendable {
    /// How deep elements may be nested.
    var depth = 64
    /// The longest run of text between two tags, in bytes.
    var text = 1 << 20
    /// The longest tag, comment or processing instruction, in bytes.
    ///
    /// The parser compares each attribute of a tag with those before it, so that a tag of megabytes would take hours.
    var markup = 1 << 18
    /// The most attributes of an element.
    var attributes = 256
    /// The most bytes that are parsed at a time.
    var chunk = 1 << 16
}
