import FoundationSubset

/// An agent that this machine connects, as the settings keep it; members that we do not know stay in it.
struct ConnectedAgent: Sendable, Equatable {
  private var members: [String: JSONValue]

  /// - Parameter agentId: A UUID.
  init(agentId: String, agentType: String, bridgeUrl: String, addedAt: Date) {
    members = [
      "agentId": .string(agentId), "agentType": .string(agentType), "bridgeUrl": .string(bridgeUrl),
      "addedAt": .string(addedAt.ISO8601Format()),
    ]
  }

  /// Nil for what names no agent.
  init?(_ value: JSONValue) {
    guard let members = value.members, members["agentId"]?.text != nil else { return nil }
    self.members = members
  }

  var value: JSONValue { .object(members) }

  var agentId: String { self["agentId"] ?? "" }
  /// The kind of agent that the registry knows it as.
  var agentType: String {
    get { self["agentType"] ?? "exec" }
    set { self["agentType"] = newValue }
  }
  var bridgeUrl: String? {
    get { self["bridgeUrl"] }
    set { self["bridgeUrl"] = newValue }
  }
  /// For this agent alone; `bridgeToken` is what older programs call it.
  var token: String? {
    get { self["token"] ?? self["bridgeToken"] }
    set { self["token"] = newValue }
  }
  /// Absolute.
  var projectPath: String? {
    get { self["projectPath"] }
    set { self["projectPath"] = newValue }
  }
  /// The program that answers, and its arguments: as somebody at this machine wrote them, never from a server.
  var command: [String] {
    get { (members["command"]?.elements ?? []).compactMap(\.text) }
    set { members["command"] = .array(newValue.map(JSONValue.string)) }
  }
  /// Whether the program reads and writes text instead of JSON.
  var isPlain: Bool {
    get { members["plain"] == .bool(true) }
    set { members["plain"] = .bool(newValue) }
  }
  /// Nil when nobody has said whether strangers are served only from a sandbox.
  var sandbox: Bool? {
    get { if case .bool(let value) = members["sandbox"] { value } else { nil } }
    set { members["sandbox"] = newValue.map(JSONValue.bool) }
  }

  private subscript(key: String) -> String? {
    get { members[key]?.text }
    set { members[key] = newValue.map(JSONValue.string) }
  }
}
