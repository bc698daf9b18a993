import Skills

extension SkillPath {
  /// A path as a disk, a repository or another program's archive spells it: some keep names decomposed, which the
  /// dialect has composed (Unicode normalization form C).
  package init(composing bytes: [UInt8]) throws(Refusal) {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      try self.init(validating: bytes)
      return
    }
    try self.init(parsing: NormalForm.composed(text))
  }
}
