/// Lets many that wait for one slow step share it.
///
/// Whoever finds it idle leads: it takes every job that waits, has them done together and hands the lead on. What is
/// done together goes on when whoever leads is cancelled: others wait for it, too.
actor Batching<Job: Sendable> {
  private enum Role { case lead, done }

  private let limit: Int
  private let perform: @Sendable ([Job]) async -> Void
  private var isLed = false
  private var waiting: [(job: Job, continuation: CheckedContinuation<Role, Never>)] = []

  /// - Parameters:
  ///   - limit: Jobs of one batch; those beyond it wait for a later one.
  ///   - perform: Does all of them and leaves in each what became of it.
  init(limit: Int, _ perform: @escaping @Sendable ([Job]) async -> Void) {
    self.limit = limit
    self.perform = perform
  }

  /// Returns once the job was done.
  func join(_ job: Job) async {
    if isLed {
      let role = await withCheckedContinuation { waiting.append((job, $0)) }
      if role == .done { return }
    } else {
      isLed = true
    }
    let followers = waiting.prefix(limit - 1)
    waiting.removeFirst(followers.count)
    let (perform, jobs) = (perform, [job] + followers.map(\.job))
    await Task { await perform(jobs) }.value
    for follower in followers { follower.continuation.resume(returning: .done) }
    if waiting.isEmpty {
      isLed = false
    } else {
      waiting.removeFirst().continuation.resume(returning: .lead)
    }
  }
}
