import Platform
import Testing

struct ASCIINameTests {
    @Test(arguments: [
        ("Content-Type", "content-type", true), ("id", "ID", true), ("", "", true), ("id", "i", false),
        ("a[", "a{", false), ("a@", "a`", false), ("é", "É", false), ("Retry-After", "Retry_After", false),
    ])
    func onlyTheCaseOfASCIILettersIsOverlooked(one: String, other: String, isSame: Bool) {
        #expect(ASCIIName.isSame(one.utf8, other.utf8) == isSame)
        #expect(ASCIIName.isSame(other.utf8, one.utf8) == isSame)
    }
}
