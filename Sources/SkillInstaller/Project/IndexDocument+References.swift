import RegistryAPI
import Skills

extension IndexDocument.Version {
  /// What the version needs.
  ///
  /// - Parameter name: The skill that it is one of.
  /// - Throws: `newerFormat` when it needs something in words that we do not know: without that it would be incomplete.
  package func references(of name: SkillName) throws(MeshError) -> [SkillReference] {
    var references: [SkillReference] = []
    for text in dependencies {
      do {
        references.append(try SkillReference(parsing: text))
      } catch {
        throw MeshError(
          .newerFormat,
          "\(name)@\(version, limit: 120) needs '\(text, limit: 200)', which "
            + "this agent-mesh cannot read",
          hint: "Use a newer agent-mesh, or another version of \(name).")
      }
    }
    return references
  }
}
