import ArgumentParser
import Skills

/// A command that is not there, and the one that was probably meant.
struct Suggestion {
  /// The word where a command was expected.
  let word: String
  /// The commands before it, beginning with the program.
  let path: [String]
  /// The whole command that was probably meant; nil when nothing is near.
  let command: String?

  /// Nil when the words name a command, whatever is wrong with its arguments.
  init?(for arguments: [String]) {
    var type: any ParsableCommand.Type = AgentMesh.self
    var path = [AgentMesh._commandName]
    for word in arguments where !word.hasPrefix("-") {
      let known = type.configuration.subcommands
      if known.isEmpty || word == "help" { return nil }
      guard let next = CommandTree.child(word, of: type) else {
        self.word = word
        self.path = path
        command = Self.command(meantBy: word, below: type, path)
        return
      }
      type = next
      path.append(next._commandName)
    }
    return nil
  }

  /// What to tell whoever wrote it.
  var failure: MeshError {
    let help = (["agent-mesh", "help"] + path.dropFirst()).joined(separator: " ")
    return MeshError(
      .usage, "there is no command '\(word, limit: 60)' in '\(path.joined(separator: " "))'",
      hint: command.map { "Did you mean '\($0)'?" } ?? "See: \(help)")
  }

  /// Names that other programs have for the same.
  private static let synonyms = [
    "uninstall": "remove", "delete": "remove", "upgrade": "update", "show": "info", "view": "info", "i": "install",
    "new": "init", "create": "init", "find": "search", "lint": "validate", "deprecate": "yank",
  ]

  private static func command(
    meantBy word: String, below type: any ParsableCommand.Type, _ path: [String]
  ) -> String? {
    let name = synonyms[word] ?? word
    if CommandTree.child(name, of: type) != nil {
      return (path + [name]).joined(separator: " ")
    }
    if let group = type.configuration.subcommands.first(where: { CommandTree.child(name, of: $0) != nil }) {
      return (path + [group._commandName, name]).joined(separator: " ")
    }
    let known = type.configuration.subcommands
    let deeper: [[String]] = known.flatMap { group in
      group.configuration.subcommands.map { [group._commandName, $0._commandName] }
    }
    let meant = near(word, among: known.map { [$0._commandName] }) ?? near(word, among: deeper)
    return meant.map { (path + $0).joined(separator: " ") }
  }

  /// The command with the name that is most like a word; each is given with the group that it is in.
  private static func near(_ word: String, among commands: [[String]]) -> [String]? {
    guard word.utf8.count <= 40 else { return nil }
    let ranked = commands.map { (words: $0, distance: EditDistance.between($0.last ?? "", word)) }
    guard let best = ranked.min(by: { $0.distance < $1.distance }) else { return nil }
    return best.distance <= max(1, word.count / 3) ? best.words : nil
  }
}
