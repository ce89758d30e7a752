import Checkpoint
import Jobs
import PartnerCenter
import PartnerCenterClient
import Platform
import TestSupport
import Testing

struct ImportJobTests {
    let fixture: ImportFixture

    init() throws { fixture = try ImportFixture() }

    private static let timeout = ServiceFault(message: "no answer came in time")
    private static let refusal = ServiceFault(code: "27002", field: "state", message: "A property has invalid data.")

    @Test func everyRowIsSentOnceAndHasItsCredentialsOnFile() async throws {
        try fixture.write(1...50)
        let service = ScriptedService()
        let run = try await fixture.run(service)
        #expect(run.end.error == nil)
        #expect(run.end.counts == [.created: 50])
        #expect(Set(service.orders.map(\.idempotencyKey)).count == 50)
        #expect(service.orders.count == 50)
        #expect(Set(try fixture.customersWithCredentials()).count == 50)
        #expect(try fixture.customersWithCredentials().count == 50)
    }

    @Test func theWindowIsBounded() async throws {
        try fixture.write(1...200)
        let service = ScriptedService { _, _ in
            await Task.yield()
            return nil
        }
        _ = try await fixture.run(service, maxInFlight: 2)
        #expect(service.peak > 1)
        #expect(service.peak <= 8)
    }

    @Test func runningAgainSendsNothing() async throws {
        try fixture.write(1...50)
        _ = try await fixture.run(ScriptedService())
        let service = ScriptedService()
        let run = try await fixture.run(service)
        #expect(run.end.counts == [.unchanged: 50])
        #expect(service.orders.isEmpty)
    }

    /// Behind rows that need nothing sent, more is read ahead than the window takes of rows that do.
    @Test func newRowsBehindManyUnchangedOnesAreSentOnceEach() async throws {
        try fixture.write(1...300)
        _ = try await fixture.run(ScriptedService())
        try fixture.write(1...700)
        let service = ScriptedService()
        let run = try await fixture.run(service)
        #expect(run.end.counts == [.unchanged: 300, .created: 400])
        #expect(run.rows.map(\.row) == Array(1...700) && run.rows.map { $0.cells[0] } == (1...700).map { "crm-\($0)" })
        #expect(run.statuses == (1...700).map { $0 <= 300 ? .unchanged : .created })
        #expect(service.orders.count == 400 && Set(service.orders.map(\.idempotencyKey)).count == 400)
    }

    @Test func aLostAnswerIsUnknownAndSettledByTheNextRunWithTheSameKey() async throws {
        try fixture.write([1])
        let service = ScriptedService { _, call in
            call == 1 ? CreateResult(.failed(Self.timeout, mayExist: true), attempts: 6) : nil
        }
        let first = try await fixture.run(service)
        #expect(first.statuses == [.unknown])
        let second = try await fixture.run(service)
        #expect(second.statuses == [.created])
        #expect(service.orders.map(\.idempotencyKey) == [first.rows[0].idempotencyKey, first.rows[0].idempotencyKey])
        #expect(service.orders.map(\.mayExist) == [false, true])
    }

    /// By the status of the last answer: whether the service is there, though the row stays as it was.
    @Test(arguments: [(nil, false), (503, false), (404, false), (409, true), (400, true)] as [(Int?, Bool)])
    func aServiceThatRefusesWhatStaysOpenIsNotTakenForOneThatIsDown(status: Int?, isThere: Bool) async throws {
        try fixture.write([1])
        let service = ScriptedService { _, _ in
            CreateResult(.failed(Self.timeout, mayExist: true), httpStatus: status, attempts: 2)
        }
        let run = try await fixture.run(service)
        #expect(run.statuses == [.unknown])
        #expect(((run.end.error as? ServiceError)?.kind == .unavailable) == !isThere)
    }

    @Test func aRowThatNoAttemptReachedIsFailedAndSentAgainWithTheSameKey() async throws {
        try fixture.write([1])
        let service = ScriptedService { _, call in
            call == 1 ? CreateResult(.failed(Self.timeout, mayExist: false), attempts: 6) : nil
        }
        #expect(try await fixture.run(service).statuses == [.failed])
        #expect(try await fixture.run(service).statuses == [.created])
        #expect(Set(service.orders.map(\.idempotencyKey)).count == 1)
        #expect(service.orders.allSatisfy { !$0.mayExist })
    }

    @Test func aRefusedRowIsLeftAloneUntilItIsCorrected() async throws {
        try fixture.write([1])
        let service = ScriptedService { _, call in
            call == 1 ? CreateResult(.rejected(Self.refusal), httpStatus: 400, attempts: 1) : nil
        }
        let first = try await fixture.run(service)
        #expect(first.statuses == [.rejected])
        #expect(first.rows[0].problem?.code == "27002")
        #expect(try await fixture.run(service).statuses == [.rejected])
        #expect(service.orders.count == 1)
        try fixture.write([(1, "Tacoma")])
        #expect(try await fixture.run(service).statuses == [.created])
        #expect(Set(service.orders.map(\.idempotencyKey)).count == 2)
    }

    @Test func aRefusedRowIsTriedAgainWithANewKeyWhereThatIsAskedFor() async throws {
        try fixture.write([1])
        let service = ScriptedService { _, call in
            call == 1 ? CreateResult(.rejected(Self.refusal), httpStatus: 400, attempts: 1) : nil
        }
        _ = try await fixture.run(service)
        #expect(try await fixture.run(service, retriesRejected: true).statuses == [.created])
        #expect(Set(service.orders.map(\.idempotencyKey)).count == 2)
    }

    @Test func aRowCorrectedWhileItsRequestIsOpenSettlesThatRequestFirst() async throws {
        try fixture.write([(1, "Seattle")])
        let service = ScriptedService.losingTheFirstAnswer
        _ = try await fixture.run(service)
        try fixture.write([(1, "Tacoma")])
        let run = try await fixture.run(service)
        #expect(run.statuses == [.conflict])
        #expect(run.rows[0].problem?.field == "city")
        #expect(service.customers == 1)
        #expect(Set(service.orders.map(\.idempotencyKey)).count == 1)
        #expect(try fixture.customersWithCredentials().count == 1)
    }

    @Test func aRowCorrectedWhileItsRequestIsOpenIsSentAsItIsNowWhereThatRequestNeverArrived() async throws {
        try fixture.write([(1, "Seattle")])
        let service = ScriptedService { _, call in
            call == 1 ? CreateResult(.failed(Self.timeout, mayExist: true), attempts: 6) : nil
        }
        _ = try await fixture.run(service)
        try fixture.write([(1, "Tacoma")])
        #expect(try await fixture.run(service).statuses == [.created])
        #expect(service.orders.map(\.supersededSince) == [nil, Timestamp(milliseconds: 1000), nil])
        #expect(service.orders.map(\.mayExist) == [false, true, false])
        #expect(service.orders[2].payload != service.orders[0].payload)
        #expect(service.customers == 1)
        #expect(try fixture.customersWithCredentials().count == 1)
    }

    @Test(arguments: [true, false])
    func aRequestThatNoRowNamesAnyMoreIsSettledAndTold(reachedTheService: Bool) async throws {
        try fixture.write(1...2)
        let service = ScriptedService { service, call in
            guard call == 2 else { return nil }
            if reachedTheService { service.accept(service.orders[1]) }
            return CreateResult(.failed(Self.timeout, mayExist: true), attempts: 1)
        }
        let first = try await fixture.run(service, maxInFlight: 1)
        #expect(first.end.counts == [.created: 1, .unknown: 1])
        let lost = try #require(first.rows.first { $0.status == .unknown })
        try fixture.write([lost.row == 1 ? 2 : 1])

        let second = try await fixture.run(service)
        #expect(second.end.counts == [.unchanged: 1])
        let settled = try #require(second.end.withoutRow.first)
        #expect(settled.domain == lost.domain)
        #expect(
            settled.text?.contains("created customer customer-2; the password of admin is on file") ?? false
                == reachedTheService
        )
        #expect(try fixture.customersWithCredentials().count == (reachedTheService ? 2 : 1))
        #expect(service.customers == (reachedTheService ? 2 : 1))
        #expect(try await fixture.run(service).end.withoutRow.isEmpty)

        // Whoever puts the row back finds its customer, or gets it now.
        try fixture.write(1...2)
        let back = try await fixture.run(service)
        #expect(back.end.counts == (reachedTheService ? [.unchanged: 2] : [.unchanged: 1, .created: 1]))
        #expect(service.customers == 2)
    }

    @Test func aRequestWithoutRowThatStaysOpenEndsOnceItsRowIsPutBackForARun() async throws {
        try fixture.write(1...2)
        let service = ScriptedService { _, call in
            switch call {
            case 2...3: CreateResult(.failed(Self.timeout, mayExist: true), attempts: 6)
            case 4: CreateResult(.rejected(Self.refusal), httpStatus: 400, attempts: 1)
            default: nil
            }
        }
        let first = try await fixture.run(service, maxInFlight: 1)
        let lost = try #require(first.rows.first { $0.status == .unknown })
        let kept = [lost.row == 1 ? 2 : 1]
        try fixture.write(kept)
        let open = try #require(try await fixture.run(service).end.withoutRow.first)
        #expect(open.isOpen)
        #expect(open.text?.contains("put its row back as it was for one run") ?? false)

        try fixture.write(1...2)
        #expect(try await fixture.run(service).end.counts == [.unchanged: 1, .rejected: 1])
        #expect(service.orders.last?.idempotencyKey == lost.idempotencyKey)
        try fixture.write(kept)
        #expect(try await fixture.run(service).end.withoutRow.isEmpty)
    }

    @Test func aRowCorrectedWhileItsRequestIsOpenIsUnknownWhereThatRequestCannotBeLookedUp() async throws {
        try fixture.write([(1, "Seattle")])
        let service = ScriptedService { _, call in
            call <= 2 ? CreateResult(.failed(Self.timeout, mayExist: true), attempts: 6) : nil
        }
        _ = try await fixture.run(service)
        try fixture.write([(1, "Tacoma")])
        #expect(try await fixture.run(service).statuses == [.unknown])
        #expect(service.orders.count == 2)
        #expect(try await fixture.run(service).statuses == [.created])
        #expect(service.customers == 1)
    }

    @Test func aRowCorrectedWhileItsRequestIsOpenIsSentAnewWhereThatRequestIsRefused() async throws {
        try fixture.write([(1, "Seattle")])
        let service = ScriptedService { _, call in
            switch call {
            case 1: CreateResult(.failed(Self.timeout, mayExist: true), attempts: 6)
            case 2: CreateResult(.rejected(Self.refusal), httpStatus: 400, attempts: 1)
            default: nil
            }
        }
        _ = try await fixture.run(service)
        try fixture.write([(1, "Tacoma")])
        #expect(try await fixture.run(service).statuses == [.created])
        let keys = service.orders.map(\.idempotencyKey)
        #expect(keys.count == 3)
        #expect(keys[0] == keys[1])
        #expect(keys[1] != keys[2])
        #expect(service.customers == 1)
    }

    @Test func aServiceThatGivesUpLeavesTheRestPending() async throws {
        try fixture.write(1...300)
        let service = ScriptedService { service, call in
            if call == 20 { service.giveUp(ServiceError(.unavailable, message: "down")) }
            return nil
        }
        let run = try await fixture.run(service)
        #expect((run.end.error as? ServiceError)?.kind == .unavailable)
        #expect(run.end.counts == [.created: service.customers, .pending: 300 - service.customers])
        service.reopen()
        #expect(try await fixture.run(service).end.error == nil)
        #expect(service.customers == 300)
        #expect(service.orders.count == 300)
    }

    @Test func aStopLeavesEveryRowWithAStatusAndNothingUnderWay() async throws {
        try fixture.write(1...300)
        let stop = StopRequest()
        let service = ScriptedService { _, call in
            if call == 20 { stop.request(.signal("SIGTERM")) }
            return nil
        }
        let run = try await fixture.run(service, stop: stop)
        #expect(run.end.error == nil)
        #expect(run.end.stopReason == .signal("SIGTERM"))
        #expect(run.statuses.count == 300)
        #expect(run.end.counts[.created] == service.customers)
        #expect(run.end.counts[.pending] == 300 - service.customers)
    }

    @Test func aSecondSignalCutsTheRunShortAndThatIsNotTakenForItsEnd() async throws {
        try fixture.write(1...3000)
        _ = try await fixture.run(ScriptedService())
        let stop = StopRequest()
        stop.request(.signal("SIGTERM"))
        stop.request(.signal("SIGTERM"))
        let run = try await fixture.run(ScriptedService(), stop: stop)
        #expect(run.statuses.count < 3000)
        #expect(run.end.counts == [.unchanged: run.statuses.count])
        #expect(!run.end.isWhole)
        #expect(run.end.stopReason == .signal("SIGTERM"))
    }

    @Test func aSignalAfterTheDeadlineIsTheFirstOne() async throws {
        try fixture.write(1...3000)
        let stop = StopRequest()
        stop.request(.deadline)
        stop.request(.signal("SIGTERM"))
        let run = try await fixture.run(ScriptedService(), stop: stop)
        #expect(run.end.isWhole)
        #expect(run.end.counts[.pending, default: 0] + run.end.counts[.created, default: 0] == 3000)
        #expect(run.end.stopReason == .deadline)
    }

    @Test func aPasswordIsPutOnFileEvenWhereTheCheckpointCanNoLongerBeWritten() async throws {
        try fixture.write([1])
        let run = try await fixture.run(ScriptedService(), wrapping: { FailingCheckpoint($0) })
        #expect(run.end.error is CheckpointError)
        #expect(try fixture.customersWithCredentials() == ["customer-1"])
    }

    @Test func credentialsThatACrashLeftInTheCheckpointReachTheFile() async throws {
        try fixture.write([1, 2])
        let service = ScriptedService()
        let forgetful = try await fixture.run(service, wrapping: { ForgetlessCheckpoint($0) })
        #expect(forgetful.end.counts == [.created: 2])
        let before = try fixture.customersWithCredentials()
        let lines = try fixture.folder.read("reports/credentials.csv").split(separator: "\r\n")
        _ = try fixture.folder.write(lines.dropLast().joined(separator: "\r\n") + "\r\n", to: "reports/credentials.csv")
        for _ in 1...2 {
            _ = try await fixture.run(service)
            #expect(try fixture.customersWithCredentials().sorted() == before.sorted())
        }
    }
}
