import Skills

/// A token does not allow what was to be done with it, or its holder is not one of those who may.
package struct RightRefusal: Error, Sendable, Hashable, MeshErrorConvertible {
  package var right: TokenRight
  package var skill: SkillName

  package var meshError: MeshError {
    MeshError(
      .forbidden, "the token does not allow \(right.rawValue) on \(skill)",
      hint: "Use a token with that right, of an account that may publish as \(skill.author).")
  }
}
