/// Why no choice of versions meets everything that is wanted, for people who never heard of solvers.
package struct ResolutionConflict: Sendable, Hashable {
  /// Whole sentences, the first cause first.
  package var explanation: [String]
  /// What would resolve it, each as half a sentence such as `ask for acme/app@^1.4.0 instead`.
  package var suggestions: [String]

  package var error: MeshError {
    let sentences = explanation.joined(separator: " ")
    let message = sentences.hasSuffix(".") ? String(sentences.dropLast()) : sentences
    guard let first = suggestions.first else { return MeshError(.unresolvable, "\(message, limit: 8_000)") }
    let hint = ([first.prefix(1).uppercased() + first.dropFirst()] + suggestions.dropFirst()).joined(separator: "; or ")
    // A full stop behind a command would be copied along.
    let stop: Message = suggestions.last?.contains(": agent-mesh ") == true ? "" : "."
    return MeshError(.unresolvable, "\(message, limit: 8_000)", hint: "\(hint, limit: 8_000)\(stop)")
  }
}
