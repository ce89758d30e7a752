internal import FoundationEssentials
internal import Platform

/// What the service makes up.
extension RandomSource {
    /// An entity tag as the service writes them: a signed number.
    func entityTag() -> String { String(Int64(bitPattern: next())) }

    /// The first element of a correlation vector: 16 characters of base64.
    func correlationVector() -> String { Data(bytes(12)).base64EncodedString() + ".0" }

    /// A password of twelve characters, none easily mistaken: capitals, small letters and digits in turn.
    func password() -> String {
        let alphabets = ["ABCDEFGHJKLMNPQRSTUVWXYZ", "abcdefghijkmnpqrstuvwxyz", "23456789"].map { Array($0.utf8) }
        var rest = next()
        let characters = (0..<12).map { index in
            let alphabet = alphabets[index % alphabets.count]
            let (quotient, remainder) = rest.quotientAndRemainder(dividingBy: UInt64(alphabet.count))
            rest = quotient
            return alphabet[Int(remainder)]
        }
        return String(decoding: characters, as: UTF8.self)
    }
}
