/// A number as a workbook stores it, kept in decimal so that nothing is lost or made up on the way to its text.
struct DecimalNumber: Hashable {
    /// How many digits a spreadsheet program keeps of a number, and shows.
    static let precision = 15

    private(set) var isNegative = false
    /// The digits, without zeros at either end; none for zero.
    private(set) var digits: [UInt8] = []
    /// Where the decimal point stands: before the first digit at 0, behind it at 1.
    private(set) var point = 0

    /// Reads `-12.50`, `4.2E10` or `.5`, rounded to what a spreadsheet program shows; nil for what is no number.
    init?(_ text: some Collection<UInt8>) {
        var rest = text[...]
        if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            isNegative = sign == UInt8(ascii: "-")
            rest = rest.dropFirst()
        }
        var seen = 0
        var hasPoint = false
        while let byte = rest.first, byte.isDigit || (byte == UInt8(ascii: ".") && !hasPoint) {
            rest = rest.dropFirst()
            guard byte.isDigit else {
                hasPoint = true
                continue
            }
            seen += 1
            if digits.isEmpty, byte == UInt8(ascii: "0") {
                if hasPoint { point -= 1 }
                continue
            }
            if !hasPoint { point += 1 }
            // One digit more than is kept, to round by.
            if digits.count <= Self.precision { digits.append(byte - UInt8(ascii: "0")) }
        }
        guard seen > 0, let exponent = Self.exponent(rest) else { return nil }
        point += exponent
        round()
        guard abs(point) < 400 else { return nil }
    }

    private static func exponent(_ text: some Collection<UInt8>) -> Int? {
        guard let mark = text.first else { return 0 }
        guard mark | 0x20 == UInt8(ascii: "e"), text.count < 8 else { return nil }
        return Int(String(decoding: text.dropFirst(), as: UTF8.self))
    }

    private mutating func round() {
        if digits.count > Self.precision, digits.removeLast() >= 5 {
            while digits.last == 9 { digits.removeLast() }
            if let last = digits.popLast() {
                digits.append(last + 1)
            } else {
                digits = [1]
                point += 1
            }
        }
        while digits.last == 0 { digits.removeLast() }
        if digits.isEmpty { (isNegative, point) = (false, 0) }
    }

    /// Whether it has no decimals.
    var isWhole: Bool { point >= digits.count }

    /// The number times a hundred.
    var percentage: DecimalNumber {
        var result = self
        if !digits.isEmpty { result.point += 2 }
        return result
    }

    /// The digits before the decimal point, `0` for none.
    var wholeDigits: [UInt8] {
        guard point > 0 else { return [UInt8(ascii: "0")] }
        return (0..<point).map { UInt8(ascii: "0") + ($0 < digits.count ? digits[$0] : 0) }
    }

    /// The number without an exponent: `42555501000`, `-0.1`.
    var text: String {
        var bytes: [UInt8] = isNegative ? [UInt8(ascii: "-")] : []
        bytes += wholeDigits
        if !isWhole {
            bytes.append(UInt8(ascii: "."))
            if point < 0 { bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: -point)) }
            for digit in digits[max(point, 0)...] { bytes.append(UInt8(ascii: "0") + digit) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension UInt8 {
    /// Whether the byte is a digit in ASCII.
    var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
