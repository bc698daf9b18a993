import Skills

/// A program of `connect exec` that the parser cannot take, because no -- stands before it.
struct MisplacedProgram {
  /// Words that are looked at.
  private static let limit = 40

  /// The first word of it.
  let program: String

  /// Nil unless the words are understood with a -- in one place.
  init?(in arguments: [String]) {
    let (command, rest) = CommandTree.named(by: arguments)
    guard command == Connect.self, !rest.contains("--") else { return nil }
    let words = Array(rest)
    let place = words.indices.prefix(Self.limit).first { index in
      !words[index].hasPrefix("-") && Self.isUnderstood(words, withTerminatorAt: index)
    }
    guard let place else { return nil }
    program = words[place]
  }

  /// What to tell whoever wrote it.
  var failure: MeshError {
    MeshError(
      .usage, "the program '\(program, limit: 80)' stands where an option is expected",
      hint: "Write the options first, then -- and the program: agent-mesh connect exec … -- \(program, limit: 80)")
  }

  private static func isUnderstood(_ words: [String], withTerminatorAt index: Int) -> Bool {
    var words = words
    words.insert("--", at: index)
    return (try? Connect.parse(words))?.type != nil
  }
}
