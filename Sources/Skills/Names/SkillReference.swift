/// A skill and the versions that would do: `author/slug`, `author/slug@1.2.3`, `author/slug@^1.2`.
package struct SkillReference: Hashable, Sendable, CustomStringConvertible {
  package let name: SkillName
  /// Nil when the text has no `@`: any version, the newest stable one first.
  package let range: VersionRange?

  package init(name: SkillName, range: VersionRange? = nil) {
    self.name = name
    self.range = range
  }

  package init(parsing text: String) throws(NameRefusal) {
    guard let at = text.firstIndex(of: "@") else {
      self.init(name: try SkillName(parsing: text))
      return
    }
    let name = try SkillName(parsing: String(text[..<at]))
    let wanted = String(text[text.index(after: at)...])
    if wanted.isEmpty || wanted == "latest" {
      throw NameRefusal(
        kind: "a skill reference", text: text, reason: "for the newest version leave out '@\(wanted)'")
    }
    do {
      self.init(name: name, range: try VersionRange(parsing: wanted))
    } catch {
      throw NameRefusal(kind: "a skill reference", text: text, reason: "\(error)")
    }
  }

  package var description: String {
    guard let range else { return name.description }
    return "\(name)@\(range)"
  }
}
