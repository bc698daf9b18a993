/// Other names for skills, by the names that they replace: each pair is one skill of one registry.
package struct SkillRenames: Hashable, Sendable {
  private var names: [SkillName: SkillName]

  package init(_ names: [SkillName: SkillName] = [:]) {
    self.names = names
  }

  package var isEmpty: Bool { names.isEmpty }

  /// Sorted by the replaced name.
  package var pairs: [(old: SkillName, new: SkillName)] {
    names.sorted { $0.key < $1.key }.map { (old: $0.key, new: $0.value) }
  }

  /// What a skill is called after them; the very name for one that keeps it.
  package subscript(name: SkillName) -> SkillName { names[name] ?? name }

  package subscript(reference: SkillReference) -> SkillReference {
    names[reference.name].map { SkillReference(name: $0, range: reference.range) } ?? reference
  }

  /// These, and then `later`.
  package func followed(by later: SkillRenames) -> SkillRenames {
    SkillRenames(names.mapValues { later[$0] }.merging(later.names) { first, _ in first })
  }

  package func filter(_ isIncluded: (_ old: SkillName) -> Bool) -> SkillRenames {
    SkillRenames(names.filter { isIncluded($0.key) })
  }
}
