import FoundationSubset
import RegistryAPI
import Skills

extension ProjectResolution {
  /// The newest versions of skills that may move as far as they like, where other skills do not let them.
  func heldBack(in lock: Lockfile) -> [PassedOver] {
    input.moving.sorted().compactMap { name in
      guard let wanted = input.manifest.skills[name], wanted.range == nil, input.manifest.pins[name] == nil,
        let number = lock[name]?.number, let newest = newest(of: name), newest > number
      else { return nil }
      let others = lock.skills.filter { skill in
        skill.dependencies.contains { $0.name == name && $0.range?.contains(newest) == false }
      }
      return others.isEmpty
        ? nil : PassedOver(name: name, number: newest, reason: .notAllowed(by: others.map(\.title).sorted()))
    }
  }

  /// The newest of the versions that may be taken.
  private func newest(of name: SkillName) -> SemanticVersion? {
    let limit = input.publishedBefore ?? .distantFuture
    let versions = (try? documents[name]?.numbered()) ?? []
    return versions.filter { number, entry in
      entry.status == .published && !number.isPrerelease && entry.publishedAt <= limit
    }.map(\.number).max()
  }

  func assemble(_ resolution: Resolution) throws -> Lockfile {
    var skills = input.sources
    for (name, number) in resolution.versions { skills.append(try locked(name, number)) }
    for (folder, group) in Dictionary(grouping: skills, by: \.folder) where group.count > 1 {
      throw clash(of: group.sorted { $0.reference < $1.reference }, as: folder, among: skills)
    }
    return Lockfile(skills)
  }

  /// Several skills of one folder: who needs them, and how one of them gets another.
  private func clash(of group: [LockedSkill], as folder: SkillSlug, among skills: [LockedSkill]) -> MeshError {
    let names = group.map { skill -> Message in
      let needy = skills.filter { other in other.dependencies.contains { $0.name == skill.name } }.map(\.title).sorted()
      return "\(skill.reference)\(needy.isEmpty ? "" : " (needed by \(needy.prefix(3).joined(separator: ", ")))")"
    }
    // A skill that has no folder yet can get another one without moving anything.
    let movable = group.filter { $0.name != nil }
    let addition = movable.first { skill in skill.name.flatMap { input.manifest.skills[$0] } == nil } ?? movable.first
    let reference = addition.flatMap { skill in
      skills.flatMap(\.dependencies).first { $0.name == skill.name }?.description ?? skill.name?.description
    }
    let name = addition?.name.map { "\($0.author)-\($0.slug)" } ?? "<name>"
    return MeshError(
      .conflict, "\(names.joined(separator: " and ")) would both be installed as '\(folder)'",
      hint: "Install one of them under another name: agent-mesh skills install "
        + "'\(reference ?? "<author/slug>")' --as \(name)")
  }

  private func locked(_ name: SkillName, _ number: SemanticVersion) throws -> LockedSkill {
    if let held = held[name] { return held }
    let known = input.preferred[name]
    guard let document = documents[name], let entry = try document.entry(of: number) else {
      if let known, known.number == number { return known }
      throw MeshError(.internalError, "\(name)@\(number) was resolved and is not there")
    }
    let folder = input.manifest.skills[name]?.folder ?? (input.manifest.skills[name] == nil ? known?.folder : nil)
    return LockedSkill(
      folder: folder ?? name.slug,
      origin: .registry(
        name, number, registry: try registries.client(at: registry(of: name)).address.text,
        isPrivate: document.isPrivate),
      digest: entry.digest, size: entry.size, treeDigest: entry.treeDigest,
      dependencies: try entry.references(of: name).renamed(by: renames))
  }
}
