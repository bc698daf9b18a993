/// Lets many that wait for one slow step share it.
///
/// Whoever finds a place free leads: it takes every job that waits, has them done together and hands the lead on. What
/// is done together goes on when whoever leads is cancelled: others wait for it, too.
actor Batching<Job: Sendable> {
  private enum Role { case lead, done }

  private let limit: Int
  private let width: Int
  private let perform: @Sendable ([Job]) async -> Void
  private var leaders = 0
  private var waiting: [(job: Job, continuation: CheckedContinuation<Role, Never>)] = []

  /// - Parameters:
  ///   - limit: Jobs of one batch; those beyond it wait for a later one.
  ///   - width: Batches that run at a time.
  ///   - perform: Does all of them and leaves in each what became of it.
  init(limit: Int, width: Int = 1, _ perform: @escaping @Sendable ([Job]) async -> Void) {
    self.limit = limit
    self.width = width
    self.perform = perform
  }

  /// Jobs that wait for a batch.
  var waitingJobs: Int { waiting.count }

  /// Returns once the job was done.
  func join(_ job: Job) async {
    if leaders == width {
      let role = await withCheckedContinuation { waiting.append((job, $0)) }
      if role == .done { return }
    } else {
      leaders += 1
    }
    let followers = waiting.prefix(limit - 1)
    waiting.removeFirst(followers.count)
    let (perform, jobs) = (perform, [job] + followers.map(\.job))
    await Task { await perform(jobs) }.value
    for follower in followers { follower.continuation.resume(returning: .done) }
    if waiting.isEmpty {
      leaders -= 1
    } else {
      waiting.removeFirst().continuation.resume(returning: .lead)
    }
  }
}
