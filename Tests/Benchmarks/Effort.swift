/// How often everything is measured.
struct Effort: Sendable {
  /// Runs of a program that does next to nothing.
  var starts = 40
  /// Runs over a small skill.
  var small = 20
  /// Runs over a large skill, or over many.
  var large = 10
  /// Passes over all documents.
  var passes = 10
  /// Skills of a repository that is installed as a whole.
  var collection = 300
  /// Rounds of measurements that last for `seconds`.
  var rounds = 3
  var seconds = 3
  /// Requests for what is private, and as many for what is missing.
  var pairs = 5_000
  /// Versions of each skill of a registry that floods whoever asks it.
  var flood = 1_000
  /// Skills of a registry that many people use, and devices that wait for an approval there.
  var skills = 100_000
  var devices = 1_000
  /// Agents that are connected and do nothing, streams of tokens at once, and readers that do not read.
  var agents = 10_000
  var streams = 1_000
  var stuck = 200
  /// Whether what takes a minute by design is measured.
  var waits = true

  static let full = Effort()
  /// Enough to see that everything works; too little for figures.
  static let quick = Effort(
    starts: 5, small: 3, large: 2, passes: 2, collection: 30, rounds: 1, seconds: 1, pairs: 200, flood: 100,
    skills: 1_000, devices: 100, agents: 1_000, streams: 100, stuck: 20, waits: false)
}
