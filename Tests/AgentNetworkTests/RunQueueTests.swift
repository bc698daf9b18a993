import AgentNetwork
import BridgeProtocol
import Testing

@Suite struct RunQueueTests {
  private static func message(_ id: String, _ session: String) -> RequestMessage {
    RequestMessage(sessionId: session, requestId: id, content: "")
  }

  private static func queue(_ limits: RunQueue.Limits, _ messages: [(String, String)]) -> RunQueue {
    var queue = RunQueue(limits)
    for (id, session) in messages {
      let isTaken = queue.add(message(id, session), at: .zero)
      #expect(isTaken)
    }
    return queue
  }

  @Test func `a conversation has one request at work, and the next one behind it`() {
    var queue = Self.queue(RunQueue.Limits(), [("1", "a"), ("2", "a"), ("3", "b"), ("4", "a")])
    #expect(queue.next().map(\.requestId) == ["1", "3"])
    #expect(queue.next().isEmpty)
    queue.finish("1")
    #expect(queue.next().map(\.requestId) == ["2"])
  }

  @Test func `only so many are at work, in the order of their arrival`() {
    var queue = Self.queue(RunQueue.Limits(active: 2), [("1", "a"), ("2", "b"), ("3", "c"), ("4", "d")])
    #expect(queue.next().map(\.requestId) == ["1", "2"])
    queue.finish("2")
    #expect(queue.next().map(\.requestId) == ["3"])
  }

  @Test func `only so many wait, and only for so long`() {
    var queue = Self.queue(RunQueue.Limits(active: 1, waiting: 2, wait: .seconds(5)), [("1", "a"), ("2", "b")])
    let isTaken = queue.add(Self.message("3", "c"), at: .zero)
    #expect(!isTaken)
    #expect(queue.next().count == 1)
    #expect(queue.deadline == .seconds(5))
    #expect(queue.expired(at: .seconds(4)).isEmpty)
    #expect(queue.expired(at: .seconds(5)).map(\.requestId) == ["2"])
    #expect(queue.deadline == nil)
  }

  @Test func `a request that waits can be taken out`() {
    var queue = Self.queue(RunQueue.Limits(active: 1), [("1", "a"), ("2", "b")])
    _ = queue.next()
    #expect(queue.withdraw("2")?.requestId == "2")
    #expect(queue.withdraw("1") == nil)
    queue.finish("1")
    #expect(queue.next().isEmpty)
  }
}
