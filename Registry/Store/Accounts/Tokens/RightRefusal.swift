import Skills

/// Why somebody may not do something.
package enum RightRefusal: Error, Sendable, Hashable, MeshErrorConvertible {
  /// The token allows none of these, or not on that skill; nil where no skill is named.
  case right([TokenRight], on: SkillName?)
  /// The holder is less than that to the author.
  case role(Role, in: AuthorName)

  package var meshError: MeshError {
    switch self {
    case .right(let rights, let skill):
      let words = rights.map(\.rawValue).joined(separator: " or ")
      let place: Message = skill.map { " on \($0)" } ?? ""
      return MeshError(
        .forbidden, "the token does not allow \(words)" + place,
        hint: "Use a token that does. To get one with every right: agent-mesh login")
    case .role(let role, let author):
      return MeshError(
        .forbidden, "only \(role == .owner ? "an owner" : "a publisher or an owner") of \(author) may do this",
        hint: "Ask an owner of \(author).")
    }
  }
}
