import Skills

extension Agent {
  /// - Throws: `usage` with the nearest known identifiers.
  package static func named(_ id: String) throws(MeshError) -> Agent {
    if let agent = all.first(where: { $0.id == id }) { return agent }
    let near = near(id)
    throw MeshError(
      .usage, "there is no agent '\(id, limit: 60)'",
      hint: near.isEmpty
        ? "See: agent-mesh skills targets --all" : "Did you mean \(near.joined(separator: ", "))?")
  }

  /// At most three identifiers that somebody who wrote `word` may have meant, the likeliest first.
  static func near(_ word: String) -> [String] {
    guard !word.isEmpty, word.utf8.count <= 40 else { return [] }
    let word = String(word.lowercased().map { $0.isWhitespace || $0 == "_" ? "-" : $0 })
    let ranked = all.compactMap { agent in
      agent.distance(to: word).map { (id: agent.id, distance: $0) }
    }
    return ranked.sorted { ($0.distance, $0.id) < ($1.distance, $1.id) }.prefix(3).map(\.id)
  }

  /// How far a word is from this agent, from 0; nil when it is not meant.
  private func distance(to word: String) -> Int? {
    let name = name.lowercased().replacing(" ", with: "-")
    if name == word { return 0 }
    if word.utf8.count >= 3 {
      if id.hasPrefix(word) || word.hasPrefix(id) { return 1 }
      if id.contains(word) || name.contains(word) { return 2 }
    }
    // A slip in the whole identifier, or in a long word of it: `clade` for `claude-code`.
    let names = [id] + id.split(separator: "-").map(String.init).filter { $0.utf8.count >= 6 }
    return names.compactMap { name in
      let edits = EditDistance.between(word, name)
      return edits <= min(2, name.utf8.count / 3) ? 2 + edits : nil
    }.min()
  }
}
