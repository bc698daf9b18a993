import Foundation
import RegistryServer
import Skills
import TestSupport
import Testing

/// Whose work is done first; proved by order, with one thread.
@Suite(.timeLimit(.minutes(5))) struct WorkQueueTests {
  private final class Owner: Sendable {}

  private func queue(limit: Int = 100, perClient: Int = 100) -> WorkQueue {
    WorkQueue(threads: 1, limit: limit, limitPerClient: perClient)
  }

  /// Runs `work` while the queue's thread is held, and lets the thread go once `count` jobs wait.
  private func whileHeld(
    _ queue: WorkQueue, until count: Int, _ work: (inout ThrowingTaskGroup<Void, any Error>) -> Void
  ) async throws {
    let (holder, gate, begun) = (Owner(), Signal(), Signal())
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        try await queue.run(for: .connection(ObjectIdentifier(holder))) { () -> Void in
          begun.fire()
          gate.block()
        }
      }
      await begun.wait()
      work(&group)
      while queue.waitingJobs < count { await Task.yield() }
      gate.fire()
      try await group.waitForAll()
    }
  }

  @Test func `clients take turns, however much one of them wants`() async throws {
    let (queue, greedy, modest, log) = (queue(), Owner(), Owner(), Log<String>())
    try await whileHeld(queue, until: 6) { group in
      for (owner, name) in Array(repeating: (greedy, "greedy"), count: 5) + [(modest, "modest")] {
        group.addTask { try await queue.run(for: .connection(ObjectIdentifier(owner))) { log.add(name) } }
      }
    }
    // Whoever came first, the modest one is among the first two.
    #expect(log.values.count == 6)
    #expect(log.values.prefix(2).contains("modest"))
    try await queue.stop()
  }

  @Test func `short work goes before what has turned out to be long, and long work still ends`() async throws {
    let (queue, log) = (queue(), Log<String>())
    let (long, short) = (Owner(), Owner())
    let hasGrown = Signal()
    try await withThrowingTaskGroup(of: Void.self) { group in
      let steps = Log<Int>()
      let goesOn = Signal()
      group.addTask {
        try await queue.run(
          for: .connection(ObjectIdentifier(long)),
          steps: {
            steps.add(1)
            if steps.values.count == 20 {
              hasGrown.fire()
              goesOn.block()
            }
            guard steps.values.count >= 60 else { return .unfinished }
            log.add("long")
            return .finished(())
          })
      }
      await hasGrown.wait()
      for _ in 0..<20 {
        group.addTask { try await queue.run(for: .connection(ObjectIdentifier(short))) { log.add("short") } }
      }
      while queue.waitingJobs < 20 { await Task.yield() }
      goesOn.fire()
      try await group.waitForAll()
    }
    #expect(log.values == Array(repeating: "short", count: 20) + ["long"])
    try await queue.stop()
  }

  @Test(arguments: ["is cancelled", "departs"])
  func `whoever gives up stops waiting at once, and another one has its place`(how: String) async throws {
    let queue = queue(limit: 2, perClient: 1)
    let (holder, leaver, next) = (Owner(), Owner(), Owner())
    let (begun, gate, departures) = (Signal(), Signal(), Log<ClientDeparture>())
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        try await queue.run(for: .connection(ObjectIdentifier(holder))) { () -> Void in
          begun.fire()
          gate.block()
        }
      }
      await begun.wait()
      let waiting = Task {
        let client = Client.connection(ObjectIdentifier(leaver)) { departures.add($0) }
        try await queue.run(for: client) { () -> Void in Issue.record("nobody waits for this") }
      }
      while departures.values.isEmpty { await Task.yield() }
      if how == "departs" { departures.values[0].action() } else { waiting.cancel() }
      await #expect(throws: CancellationError.self) { try await waiting.value }
      #expect(queue.waitingJobs == 0)
      group.addTask { try await queue.run(for: .connection(ObjectIdentifier(next))) { () -> Void in } }
      while queue.waitingJobs < 1 { await Task.yield() }
      gate.fire()
      try await group.waitForAll()
    }
    try await queue.stop()
  }

  @Test func `long work ends between two steps once its client has left`() async throws {
    let (queue, leaver) = (queue(), Owner())
    let (departures, steps) = (Log<ClientDeparture>(), Log<Void>())
    let working = Task {
      let client = Client.connection(ObjectIdentifier(leaver)) { departures.add($0) }
      try await queue.run(
        for: client,
        steps: { () -> WorkQueue.Progress<Void> in
          steps.add(())
          return .unfinished
        })
    }
    while departures.values.isEmpty || steps.values.isEmpty { await Task.yield() }
    departures.values[0].action()
    await #expect(throws: CancellationError.self) { try await working.value }
    try await queue.stop()
  }

  @Test func `too much of one client is refused to it alone, and too much in all to everybody`() async throws {
    let queue = queue(limit: 4, perClient: 2)
    let (greedy, other, late) = (Owner(), Owner(), Owner())
    func code(of client: Owner) async -> ErrorCode? {
      do {
        try await queue.run(for: .connection(ObjectIdentifier(client))) { () -> Void in }
        return nil
      } catch {
        return (error as? MeshError)?.code
      }
    }
    let (holder, gate, begun) = (Owner(), Signal(), Signal())
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        try await queue.run(for: .connection(ObjectIdentifier(holder))) { () -> Void in
          begun.fire()
          gate.block()
        }
      }
      await begun.wait()
      for (number, client) in [greedy, greedy, other].enumerated() {
        group.addTask { try await queue.run(for: .connection(ObjectIdentifier(client))) { () -> Void in } }
        while queue.waitingJobs < number + 1 { await Task.yield() }
        if number == 1 { #expect(await code(of: greedy) == .tooManyRequests) }
      }
      #expect(await code(of: late) == .unavailable)
      gate.fire()
      try await group.waitForAll()
    }
    #expect(await code(of: late) == nil)
    try await queue.stop()
  }
}
