/// A skill as the list of another program has it.
package struct ForeignSkill: Hashable, Sendable {
  /// Of a file of another program.
  static let maximumBytes = 1 << 20
  /// In such a file.
  static let maximumCount = 2_000

  package enum Origin: Hashable, Sendable {
    /// - Parameters:
    ///   - address: As `skills add` takes it, without a reference and a folder.
    ///   - folder: Below the root, without slashes at its ends; nil for the root, and where the list names none.
    case repository(address: String, ref: String?, folder: String?)
    /// Absolute, or relative to the project with `./` or `../` before it.
    case path(String)
    /// The address of a site with a skills index.
    case site(String)
    /// Nothing that a source can name, and why.
    case other(Message)
  }

  /// As the list has it, which need not be the name of a skill.
  package let name: String
  package let origin: Origin
  /// The whole commit that is locked.
  package var commit: String?
  /// The `NpxSkillsHash` that is locked.
  package var hash: Digest?
}

extension ForeignSkill {
  /// An address of a repository as `skills add` takes it for nothing else; nil for a text that names no host.
  static func address(_ text: String) -> String? {
    if text.contains("://") { return "git+" + text }
    return text.contains("@") ? text : nil
  }

  /// Without slashes at its ends; nil when nothing is left.
  static func folder(_ text: String) -> String? {
    let folder = text.split(separator: "/").joined(separator: "/")
    return folder.isEmpty ? nil : folder
  }

  /// A path that nothing else can be meant by.
  static func path(_ text: String) -> String {
    ["/", "./", "../"].contains(where: text.hasPrefix) ? text : "./" + text
  }

  static func refuseTooMany(_ list: StrictObject) throws(MeshError) {
    guard list.members.count > maximumCount else { return }
    throw list.file.fault(
      at: list.node, list.path, "it lists \(list.members.count) skills, and may list \(maximumCount)",
      hint: "Look at what made it grow")
  }
}
