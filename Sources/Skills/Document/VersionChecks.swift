/// `version` and `metadata.version`: SemVer, and the same.
enum VersionChecks {
  static func findings(_ document: SkillDocument) -> [Finding] {
    let top = document.frontMatter["version"].flatMap { $0.isNull ? nil : $0 }
    let nested = document.metadata?["version"].flatMap { $0.isNull ? nil : $0 }
    guard let value = top ?? nested else {
      return [
        document.finding(
          .versionMissing, line: document.fences.opening + 1,
          "the skill has no version: it would be published as \(SemanticVersion.initial)",
          remedy: "Add 'version: \"1.0.0\"' under 'metadata:'")
      ]
    }
    return invalid(document, value) + mismatch(document, top, nested)
  }

  private static func invalid(_ document: SkillDocument, _ value: FrontMatter.Value) -> [Finding] {
    guard let text = value.string else {
      return [
        document.finding(
          .versionInvalid, at: value, "the version is a list or a mapping", remedy: "Write 'version: 1.0.0'")
      ]
    }
    do throws(VersionRefusal) {
      let version = try SemanticVersion(completing: text)
      guard version.description != text else { return [] }
      return [
        document.finding(
          .versionIncomplete, at: value,
          "the version '\(text, limit: 120)' has fewer than three numbers and is read as \(version)",
          remedy: "Write it as '\(version)'")
      ]
    } catch {
      return [
        document.finding(
          .versionInvalid, at: value, "the version '\(text, limit: 120)' is not SemVer: \(error.rule.rawValue)",
          remedy: Message(error.nextStep.prefix(1).uppercased() + error.nextStep.dropFirst()))
      ]
    }
  }

  private static func mismatch(
    _ document: SkillDocument, _ top: FrontMatter.Value?, _ nested: FrontMatter.Value?
  ) -> [Finding] {
    guard let top = top?.string, let nested, let other = nested.string, top != other else { return [] }
    return [
      document.finding(
        .versionMismatch, at: nested, "metadata.version is '\(other)', but version is '\(top)', which counts",
        remedy: "Keep one of the two")
    ]
  }
}
