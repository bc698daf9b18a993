import RegistryClient
import Testing

@Suite struct DevicePollingTests {
  /// Answers to the questions of one login, and when those are asked, in seconds.
  struct Login: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var lifetime = 900
    var interval = 5
    let answers: [DevicePolling.Answer]
    let questions: [Int]
    /// Nil while it goes on.
    var ending: DevicePolling.Ending?
  }

  private static let silent = DevicePolling.Answer.unavailable(retryAfter: nil)

  static let logins = [
    Login(
      testDescription: "every interval", answers: [.pending, .pending, .pending], questions: [5, 10, 15, 20]),
    Login(testDescription: "never more often than every 5 s", interval: 0, answers: [.pending], questions: [5, 10]),
    Login(
      testDescription: "a negative interval", interval: .min, answers: [.pending], questions: [5, 10]),
    Login(
      testDescription: "as seldom as the registry wants", interval: 30, answers: [.pending], questions: [30, 60]),
    Login(
      testDescription: "slow_down sticks, and adds up",
      answers: [.pending, .slowDown, .pending, .slowDown, .pending], questions: [5, 10, 20, 30, 45, 60]),
    Login(testDescription: "denied", answers: [.pending, .denied], questions: [5, 10], ending: .denied),
    Login(testDescription: "expired there", answers: [.expired], questions: [5], ending: .expired),
    Login(
      testDescription: "expired here", lifetime: 12, answers: [.pending, .pending], questions: [5, 10],
      ending: .expired),
    Login(
      testDescription: "expired during a long pause", lifetime: 60, answers: [.unavailable(retryAfter: .seconds(600))],
      questions: [5], ending: .expired),
    Login(testDescription: "no life", lifetime: 0, answers: [], questions: [], ending: .expired),
    Login(testDescription: "a negative life", lifetime: .min, answers: [], questions: [], ending: .expired),
    Login(
      testDescription: "numbers beyond reason", lifetime: .max, interval: .max, answers: [], questions: [],
      ending: .expired),
    Login(
      testDescription: "silence doubles the pause up to a minute, and an answer ends that",
      answers: [silent, silent, silent, silent, silent, .pending, .pending],
      questions: [5, 15, 35, 75, 135, 195, 200, 205]),
    Login(
      testDescription: "a long interval is no shorter in silence", interval: 120, answers: [silent],
      questions: [120, 240]),
    Login(
      testDescription: "Retry-After goes before a shorter pause",
      answers: [.unavailable(retryAfter: .seconds(90)), .unavailable(retryAfter: .seconds(1))],
      questions: [5, 95, 115]),
    Login(
      testDescription: "silence does not undo slow_down", answers: [.slowDown, silent, .pending],
      questions: [5, 15, 35, 45]),
  ]

  @Test(arguments: logins)
  func `questions are asked when the registry allows them, until the login has ended`(login: Login) {
    var polling = DevicePolling(lifetime: .seconds(login.lifetime), interval: .seconds(login.interval))
    var (time, event, answers, questions) = (Duration.zero, DevicePolling.Event.started, login.answers[...], [Int]())
    var ending: DevicePolling.Ending?
    var isOver = false
    while !isOver {
      switch polling.handle(event, at: time) {
      case .wait(let until): (time, event) = (max(time, until), .timeReached)
      case .ask:
        questions.append(Int(time.components.seconds))
        guard let answer = answers.popFirst() else {
          isOver = true
          break
        }
        event = .answered(answer)
      case .stop(let reason): (ending, isOver) = (reason, true)
      }
    }
    #expect(questions == login.questions)
    #expect(ending == login.ending)
  }

  @Test func `whoever wakes up after the codes have expired asks no more`() {
    var polling = DevicePolling(lifetime: .seconds(900), interval: .seconds(5))
    #expect(polling.handle(.started, at: .zero) == .wait(until: .seconds(5)))
    #expect(polling.handle(.timeReached, at: .seconds(4_000)) == .stop(.expired))
  }
}
