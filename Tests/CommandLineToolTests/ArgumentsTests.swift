import Testing

@testable import CommandLineTool

struct ArgumentsTests {
    private static let specification = CommandSpecification(
        name: "import",
        summary: "Import.",
        operands: "MANIFEST...",
        operandCount: 1...2,
        options: [
            .init("endpoint", "URL", "where", standard: "embedded"), .init("max-in-flight", "N", "how many"),
            .init("deadline", "DURATION", "until when"), .init("dry-run", nil, "nothing sent"),
        ]
    )

    private func parse(_ text: String) throws -> Arguments {
        try Arguments(text.split(separator: " ").map(String.init), for: Self.specification)
    }

    @Test(arguments: [
        "--endpoint x --dry-run a", "a --endpoint=x --dry-run", "--dry-run --endpoint x -- a",
        "--endpoint x a --dry-run",
    ])
    func optionsMayStandAnywhereAndInBothForms(text: String) throws {
        let arguments = try parse(text)
        #expect(arguments.operands == ["a"])
        #expect(arguments.value("endpoint") == "x")
        #expect(arguments.flag("dry-run"))
    }

    @Test func afterTwoHyphensEverythingIsAnOperand() throws {
        #expect(try parse("-- --endpoint").operands == ["--endpoint"])
        #expect(try parse("-").operands == ["-"])
    }

    @Test func aValueMayHoldAnEqualsSign() throws {
        #expect(try parse("a --endpoint=x=y").value("endpoint") == "x=y")
    }

    @Test func helpIsSeenBeforeWhatIsMissing() throws {
        #expect(try parse("--help").wantsHelp)
        #expect(try parse("a -h").wantsHelp)
    }

    @Test(arguments: [
        ("a --endpont x", "did you mean --endpoint?"), ("a --zzzzzzzz", "see purser import --help"),
        ("a --endpoint", "needs a value"), ("a --endpoint=", "not empty"), ("a --dry-run=yes", "takes no value"),
        ("a --dry-run --dry-run", "twice"), ("a --endpoint x --endpoint y", "twice"), ("", "MANIFEST... is missing"),
        ("a b c", "'c'"), ("a -x", "unknown option '-x'"),
    ])
    func aMistakeIsNamed(text: String, words: String) {
        let error = #expect(throws: UsageError.self) { try parse(text) }
        #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
    }

    @Test(arguments: [("1", 1), ("1024", 1024)])
    func aNumberInItsRangeIsTaken(text: String, number: Int) throws {
        #expect(try parse("a --max-in-flight \(text)").integer("max-in-flight", in: 1...1024) == number)
    }

    @Test(arguments: ["0", "1025", "-1", "x", "1.5", "99999999999999999999"])
    func aNumberOutOfItsRangeIsRefused(text: String) throws {
        let arguments = try parse("a --max-in-flight=\(text)")
        #expect(throws: UsageError.self) { try arguments.integer("max-in-flight", in: 1...1024) }
    }

    @Test(arguments: [("90s", 90), ("45m", 2700), ("2h", 7200)])
    func aDurationHasAUnit(text: String, seconds: Int) throws {
        #expect(try parse("a --deadline \(text)").duration("deadline") == .seconds(seconds))
    }

    @Test(arguments: ["90", "s", "-5s", "1d", "0s", "1.5h", "99999999999999999999h"])
    func aDurationWithoutSenseIsRefused(text: String) throws {
        let arguments = try parse("a --deadline=\(text)")
        #expect(throws: UsageError.self) { try arguments.duration("deadline") }
    }

    @Test func helpNamesEveryOptionAndWhatHoldsWithoutIt() {
        let help = Self.specification.help
        for option in Self.specification.options { #expect(help.contains(option.usage)) }
        #expect(help.contains("(default: embedded)"))
        #expect(help.contains("usage: purser import MANIFEST... [options]"))
    }
}
