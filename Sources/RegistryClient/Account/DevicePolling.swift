/// When to ask whether a login of a device was approved, and when to stop (RFC 8628, section 3.5).
///
/// Events in, actions out. It has no clock: each event comes with the time since the codes were given out.
package struct DevicePolling: Hashable, Sendable {
  package enum Event: Hashable, Sendable {
    /// The codes are there.
    case started
    /// The time that was waited for has come.
    case timeReached
    case answered(Answer)
  }

  /// What the registry says, unless it gives the token or refuses the question itself.
  package enum Answer: Hashable, Sendable {
    /// `authorization_pending`.
    case pending
    /// `slow_down`.
    case slowDown
    /// `access_denied`.
    case denied
    /// `expired_token`.
    case expired
    /// Nothing about the login: it is not reached, or overloaded and wants to be left alone for a while.
    case unavailable(retryAfter: Duration?)
  }

  package enum Action: Hashable, Sendable {
    case wait(until: Duration)
    case ask
    case stop(Ending)
  }

  package enum Ending: Hashable, Sendable {
    case denied
    case expired
  }

  /// The shortest time between two questions, and by how much `slow_down` makes it longer.
  private static let step = Duration.seconds(5)
  /// Beyond this the pauses of a registry that is not reached do not grow.
  private static let longestBackoff = Duration.seconds(60)
  /// No registry makes anybody wait longer.
  private static let longestLifetime = Duration.seconds(86_400)

  private let lifetime: Duration
  private var interval: Duration
  /// Questions in a row that nothing was said to.
  private var failures = 0

  /// - Parameters:
  ///   - lifetime: How long the codes count.
  ///   - interval: The time between two questions that the registry asks for.
  package init(lifetime: Duration, interval: Duration) {
    self.lifetime = min(max(lifetime, .zero), Self.longestLifetime)
    self.interval = min(max(interval, Self.step), Self.longestLifetime)
  }

  package mutating func handle(_ event: Event, at time: Duration) -> Action {
    switch event {
    case .started: pause(interval, from: time)
    case .timeReached: time < lifetime ? .ask : .stop(.expired)
    case .answered(let answer): action(after: answer, at: time)
    }
  }

  private mutating func action(after answer: Answer, at time: Duration) -> Action {
    if case .unavailable = answer { failures += 1 } else { failures = 0 }
    switch answer {
    case .denied: return .stop(.denied)
    case .expired: return .stop(.expired)
    case .pending: return pause(interval, from: time)
    case .slowDown:
      // For this question and all that follow.
      interval += Self.step
      return pause(interval, from: time)
    case .unavailable(let retryAfter):
      let backoff = min(interval * (1 << min(failures, 8)), max(interval, Self.longestBackoff))
      return pause(max(backoff, retryAfter ?? .zero), from: time)
    }
  }

  private func pause(_ length: Duration, from time: Duration) -> Action { .wait(until: min(time + length, lifetime)) }
}
