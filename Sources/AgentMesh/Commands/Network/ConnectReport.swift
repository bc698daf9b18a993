import Skills

/// What `connect` says of a connection that was ended from here.
struct ConnectReport: Report {
  let success = true
  let agentId: String
  let alias: String?

  var isAction: Bool { true }

  func text(_ style: Style) -> Message { "Disconnected \(alias ?? agentId)." }
}
