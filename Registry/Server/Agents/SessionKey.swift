import Foundation
import RegistryStore
import Skills

/// What names a conversation: `ah:<account>:<agent>:<uuid>` for a chat, `a2a-<id>` for a call.
struct SessionKey: Sendable, Hashable {
  let text: String

  /// A chat that begins.
  init(of account: AccountID, with agent: AgentID, id: UUID = UUID()) {
    text = Self.prefix(account, agent) + id.uuidString.lowercased()
  }

  /// That of a call, which is a conversation of its own.
  init(ofCall id: String) {
    text = "a2a-" + id
  }

  /// A chat that goes on.
  ///
  /// - Throws: `forbidden` for a key that names another account or agent; `validationError` for what is none.
  init(resuming text: String, of account: AccountID, with agent: AgentID) throws(MeshError) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard text.utf8.count <= 200, parts.count == 4, parts[0] == "ah", UUID(uuidString: String(parts[3])) != nil else {
      throw MeshError(
        .validationError, "'\(text, limit: 120)' is no key of a conversation",
        hint: "Leave it out to begin one. Yours are listed by: agent-mesh chat --list")
    }
    guard text.hasPrefix(Self.prefix(account, agent)) else {
      throw MeshError(.forbidden, "the conversation is one of another account, or with another agent")
    }
    self.text = Self.prefix(account, agent) + parts[3].lowercased()
  }

  private static func prefix(_ account: AccountID, _ agent: AgentID) -> String {
    "ah:\(account.rawValue):\(agent.rawValue):"
  }
}
