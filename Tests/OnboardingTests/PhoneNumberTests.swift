import Testing

@testable import Onboarding

/// The countries' telephone numbers, as the published data has them.
@Suite struct PhoneNumberTests {
    @Test func everyCountrysNumbersAreRead() {
        #expect(PhonePlan.all.count > 240)
        #expect(
            PhonePlan.all.keys.allSatisfy {
                Country.find(String($0)) != nil || ["AC", "TA"].contains($0) || Int($0) != nil
            }
        )
        #expect(PhonePlan.all.values.allSatisfy { !$0.callingCode.isEmpty && $0.numbers.mark(of: []) == .none })
    }

    @Test func anAutomatonKnowsItsNumbers() {
        let automaton = DigitAutomaton(",1,2*8 !3*10 2*9, +*10 *10")
        #expect(automaton.mark(of: [1]) == .other)
        #expect(automaton.mark(of: [2, 0, 8]) == .none)
        #expect(automaton.mark(of: [1, 5]) == .geographic)
        #expect(automaton.mark(of: [1, 5, 0]) == .none)
        #expect(automaton.mark(of: [0]) == .none)
    }
}
