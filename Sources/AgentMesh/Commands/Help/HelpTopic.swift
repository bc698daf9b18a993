/// A text about something that concerns several commands, for a terminal of 80 columns.
struct HelpTopic: Encodable, Sendable {
  let name: String
  let title: String
  let text: String

  enum CodingKeys: String, CodingKey {
    case title, text
    case name = "topic"
  }

  /// In the order of `help topics`.
  static let all: [HelpTopic] = [
    .gettingStarted,
    .manifest,
    .lockfile,
    .ranges,
    .agents,
    .sources,
    .updates,
    .security,
    .cache,
    .continuousIntegration,
    .network,
    .exitStatus,
    .errors,
    .environment,
  ]

  static func named(_ name: String) -> HelpTopic? { all.first { $0.name == name } }
}
