extension Finding.Subject {
  /// A skill as it is locked.
  package init(_ skill: LockedSkill) {
    self.init(folder: skill.folder.rawValue, reference: skill.reference, version: skill.version)
  }
}
