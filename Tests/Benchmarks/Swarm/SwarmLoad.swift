import Foundation
import NIOCore
import Synchronization

/// One stream of messages, each of which comes back with its stamp.
protocol Lane: Sendable {
  func send(_ stamp: Stamp)
}

/// Sends messages on all streams in turn and notes how long each one takes to come back.
final class SwarmLoad: Sendable {
  private struct State {
    var lanes: [any Lane] = []
    var start = NIODeadline.now()
    var end = NIODeadline.now()
    var sent = 0
    var waits: [Double] = []
    /// Of those that are back, how many were before the end.
    var inTime = 0
    var sendsOnArrival = false
  }

  /// For what is still under way when the time is over.
  private static let patience = Duration.seconds(5)

  private let state = Mutex(State())

  var laneCount: Int { state.withLock { $0.lanes.count } }

  func join(_ lane: any Lane) { state.withLock { $0.lanes.append(lane) } }

  /// Returns when the time of the load is over, and everything that was sent has come back or is late by seconds.
  func run(_ load: SwarmPlan.Load, on loop: any EventLoop) {
    let seconds = TimeAmount.seconds(Int64(load.seconds))
    let lanes = state.withLock { state in
      state.start = .now()
      state.end = state.start + seconds
      if case .window = load.pace { state.sendsOnArrival = true }
      return state.lanes.count
    }
    var ticks: RepeatedTask?
    switch load.pace {
    case .rate(let rate):
      ticks = loop.scheduleRepeatedTask(initialDelay: .zero, delay: .milliseconds(1)) { _ in
        self.sendDue(perSecond: rate * lanes, atMost: rate * lanes * load.seconds)
      }
    case .window(let window): loop.execute { for _ in 0..<window * lanes { self.send(.now()) } }
    }
    let deadline = ContinuousClock.now + .seconds(load.seconds) + Self.patience
    while ContinuousClock.now < deadline, !isDone { Thread.sleep(forTimeInterval: 0.01) }
    ticks?.cancel()
  }

  private var isDone: Bool {
    state.withLock { $0.end < .now() && $0.waits.count >= $0.sent }
  }

  private func sendDue(perSecond rate: Int, atMost total: Int) {
    let (start, first) = state.withLock { ($0.start, $0.sent) }
    let elapsed = (NIODeadline.now() - start).nanoseconds
    let due = min(total, Int(Double(elapsed) / 1e9 * Double(rate)))
    guard first < due else { return }
    for number in first..<due { send(start + .nanoseconds(Int64(number) * 1_000_000_000 / Int64(rate))) }
  }

  private func send(_ due: NIODeadline) {
    let lane = state.withLock { state -> any Lane in
      state.sent += 1
      return state.lanes[state.sent % state.lanes.count]
    }
    lane.send(Stamp(due))
  }

  /// A message is back.
  func arrived(_ stamp: Stamp) {
    let now = NIODeadline.now()
    let goesOn = state.withLock { state -> Bool in
      state.waits.append(Double((now - stamp.deadline).nanoseconds) / 1e6)
      guard now < state.end else { return false }
      state.inTime += 1
      return state.sendsOnArrival
    }
    if goesOn { send(.now()) }
  }

  func result(_ load: SwarmPlan.Load) throws -> SwarmLine.Result {
    try state.withLock { state throws -> SwarmLine.Result in
      guard !state.waits.isEmpty else { throw Failure("of \(state.sent) messages none came back") }
      let waits = Sample(state.waits)
      return SwarmLine.Result(
        p99: waits.quantile(0.99), median: waits.median, rate: Double(state.inTime) / Double(load.seconds),
        lost: state.sent - state.waits.count)
    }
  }
}
