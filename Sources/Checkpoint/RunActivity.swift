/// What came back from the service while a run worked, in slots of time of one length.
package struct RunActivity: Hashable, Sendable {
    /// What came back in one slot.
    package struct Slot: Hashable, Sendable {
        /// The slot's number since the run began, from 0.
        package var number: Int
        /// Answers that a customer was created.
        package var created: Int
        /// Answers that the service is too busy: 429 and 503.
        package var throttled: Int
        /// All other attempts, those without an answer, too.
        package var other: Int

        package init(number: Int, created: Int, throttled: Int, other: Int) {
            self.number = number
            self.created = created
            self.throttled = throttled
            self.other = other
        }
    }

    /// A slot's length in milliseconds.
    package var slotMilliseconds: Int64
    /// The slots in which something came back, in their order.
    package var slots: [Slot]

    package init(slotMilliseconds: Int64 = 1000, slots: [Slot] = []) {
        self.slotMilliseconds = slotMilliseconds
        self.slots = slots
    }

    /// How many slots a run has at most, so that a picture can show them.
    static let mostSlots: Int64 = 120

    /// The shortest slot, of those that read well, that gives a run few enough of them.
    ///
    /// - Parameter milliseconds: how long the run took.
    /// - Returns: the slot's length in milliseconds.
    static func slotLength(forRunOf milliseconds: Int64) -> Int64 {
        let steps: [Int64] = [100, 200, 500, 1000, 2000, 5000, 10_000, 30_000, 60_000, 120_000, 300_000, 600_000]
        return steps.first { milliseconds / $0 < mostSlots } ?? (milliseconds / mostSlots / 3_600_000 + 1) * 3_600_000
    }
}
