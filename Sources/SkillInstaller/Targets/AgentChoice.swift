import FileSystem
import Skills
import SystemPackage

/// Which agents skills are for, and who said so.
package struct AgentChoice: Sendable, Hashable {
  package enum Reason: String, Sendable, Codable {
    /// By words of the command.
    case asked
    /// By the `skills.json` of the project or of the user.
    case manifest
    /// By an earlier command for the user's own skills.
    case remembered
    /// By nobody.
    case standard
  }

  /// Identifiers, in the order of the table; never empty.
  package let agents: [String]
  package let reason: Reason

  /// The word for every agent that is used.
  package static let everyDetected = "*"

  /// The agents in effect, and those of the command beside them.
  ///
  /// In effect are those of the manifest, else for a user's own skills those of an earlier command, else the standard
  /// agent. Nothing that a machine remembers decides for a project, and where there is no manifest yet the command
  /// alone decides.
  ///
  /// - Parameters:
  ///   - asked: the words of `--agent`: identifiers, or `*` for every agent that is used.
  ///   - manifest: identifiers; nil where there is no manifest.
  ///   - remembered: identifiers; those that are not known, or of no use in the scope, are passed over.
  ///   - detected: the agents that are used in the project or on the machine; called when they are asked for.
  /// - Throws: `usage` for a word that is no agent and for `*` when no agent is used; `configurationError` for a
  ///   manifest that names an agent that is not known.
  package init(
    asked: [String], manifest: [String]? = nil, remembered: [String] = [], in scope: InstallTargets.Scope,
    detected: () -> [Agent]
  ) throws(MeshError) {
    let usable =
      scope == .user
      ? remembered.filter { id in Agent.all.contains { $0.id == id && $0.isUsable(in: scope) } } : []
    let named = try Self.agents(ofManifest: manifest ?? [])
    let (inEffect, reason): (Set<String>, Reason) =
      if !named.isEmpty { (named, .manifest) } else if !usable.isEmpty { (Set(usable), .remembered) } else {
        ([Agent.standard], .standard)
      }
    if asked.isEmpty {
      self.init(inEffect, reason)
    } else {
      let chosen = try Self.agents(asked, scope, detected)
      self.init(manifest == nil ? chosen : chosen.union(inEffect), .asked)
    }
  }

  private init(_ ids: Set<String>, _ reason: Reason) {
    agents = Agent.all.map(\.id).filter(ids.contains)
    self.reason = reason
  }

  private static func agents(
    _ words: [String], _ scope: InstallTargets.Scope, _ detected: () -> [Agent]
  ) throws(MeshError) -> Set<String> {
    var ids: Set<String> = []
    for word in words where word != everyDetected {
      guard !isMeantForTheCommand(word) else {
        throw MeshError(
          .usage, "'\(word, limit: 60)' is no agent, and --agent takes every word that follows",
          hint: "Put skills and the folder of the project before --agent.")
      }
      ids.insert(try Agent.named(word).id)
    }
    if words.contains(everyDetected) { ids.formUnion(detected().filter { $0.isUsable(in: scope) }.map(\.id)) }
    guard !ids.isEmpty else {
      throw MeshError(
        .usage, "no agent is used here that has a folder in this project",
        hint: "Name the agents that the skills are for, such as --agent \(Agent.standard). "
          + "See: agent-mesh skills targets")
    }
    return ids
  }

  /// Whether a word that stands behind `--agent` is no agent but a skill or a folder.
  private static func isMeantForTheCommand(_ word: String) -> Bool {
    if Agent.all.contains(where: { $0.id == word }) { return false }
    return word.contains("/") || word.hasPrefix(".") || FileStatus(at: FilePath(word))?.kind == .directory
  }

  private static func agents(ofManifest ids: [String]) throws(MeshError) -> Set<String> {
    for id in ids {
      do throws(MeshError) {
        _ = try Agent.named(id)
      } catch {
        throw MeshError(
          .configurationError, "\(error.message), which the manifest names",
          hint: error.hint.map { "A newer agent-mesh may know it. \($0)" })
      }
    }
    return Set(ids)
  }
}

extension Agent {
  /// Whether it has a folder in a scope.
  fileprivate func isUsable(in scope: InstallTargets.Scope) -> Bool { scope == .project || !isForProjectsOnly }
}
