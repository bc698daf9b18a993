import FoundationSubset
import RegistryAPI
import RegistryClient
import Skills

/// Asks registries for what the resolver needs, until it knows.
struct ProjectResolution {
  let registries: Registries
  let input: ResolutionInput
  /// What skills are called here, by their other names.
  let renames: SkillRenames
  let indexes: IndexReader
  private(set) var held: [SkillName: LockedSkill]
  /// Where what a skill needs was first looked for.
  var registryOf: [SkillName: RegistryAddress] = [:]
  private(set) var documents: [SkillName: IndexDocument] = [:]
  private(set) var failures: [SkillName: MeshError] = [:]
  private var withdrawn: Set<SkillName> = []
  /// How many dependencies lead from the project to a skill.
  private var depths: [SkillName: Int] = [:]
  /// Versions that are not taken, because what they need cannot be read.
  private var unreadable: [PassedOver] = []
  /// Locked versions that give way to others, because they are in quarantine.
  private var quarantined: [PassedOver] = []

  /// - Parameter renames: Those by which the names in the input were replaced.
  init(
    _ input: ResolutionInput, _ registries: Registries, _ indexes: IndexReader, renames: SkillRenames = SkillRenames()
  ) {
    self.input = input
    self.registries = registries
    self.indexes = indexes
    self.renames = renames
    held = Dictionary(input.held.compactMap { skill in skill.name.map { ($0, skill) } }, uniquingKeysWith: { $1 })
  }

  mutating func run() async throws -> ResolvedProject {
    try refuseOtherRegistries()
    var resolver = Resolver(request)
    for skill in input.sources { mention(skill.dependencies, of: nil, from: input.manifest.registry) }
    while true {
      switch resolver.step() {
      case .needs(let names): try await provide(names, to: &resolver)
      case .solved(let resolution):
        // Which names are one skill is known only now, and what they need has to suit all who need it.
        if var next = try await renamed(Set(resolution.versions.keys)) { return try await next.run() }
        let lock = try assemble(resolution)
        try refuseMixedRegistries(lock)
        return ResolvedProject(
          lock: lock, notices: try notices(on: lock, resolution), failures: failures, renames: renames)
      case .conflict(let conflict): throw conflict.error
      case .working: try Task.checkCancellation()
      }
    }
  }

  mutating func hold(_ skill: LockedSkill, of name: SkillName, because failure: MeshError) {
    held[name] = skill
    failures[name] = failure
  }

  private func notices(on lock: Lockfile, _ resolution: Resolution) throws(MeshError) -> ResolutionNotices {
    var notices = ResolutionNotices()
    let newer = unreadable.filter { entry in lock[entry.name]?.number.map { $0 < entry.number } ?? false }
    notices.passedOver = resolution.passedOver + newer + quarantined + heldBack(in: lock)
    for skill in lock.skills {
      guard let name = skill.name, let number = skill.number else { continue }
      if withdrawn.contains(name), input.preferred[name]?.number == number { notices.withdrawn.append(skill) }
      if let entry = try documents[name]?.entry(of: number), entry.status == .yanked {
        notices.yanked[name] = entry.reason ?? ""
      }
    }
    return notices
  }

  private var request: ResolutionRequest {
    let wanted = input.manifest.skills.sorted { $0.key < $1.key }.map {
      SkillReference(name: $0.key, range: $0.value.range)
    }
    let needed = input.sources.flatMap(\.dependencies)
    var request = ResolutionRequest(roots: wanted + needed)
    request.borrowed = Set(needed).subtracting(wanted)
    for skill in input.preferred.skills {
      guard let name = skill.name, let number = skill.number else { continue }
      if !input.moving.contains(name), !input.fresh.contains(name) { request.locked[name] = number }
    }
    request.pins = input.manifest.pins
    for skill in input.held {
      if let name = skill.name, let number = skill.number { request.pins[name] = number }
    }
    request.publishedBefore = input.publishedBefore
    if request.publishedBefore != nil { request.minimumAge = input.minimumAge }
    return request
  }

  // MARK: - Asking

  private mutating func provide(_ names: [SkillName], to resolver: inout Resolver) async throws {
    let answers = try await answers(for: names.filter { held[$0] == nil })
    for name in names {
      try Task.checkCancellation()
      if let skill = held[name] {
        resolver.provide(keeping(skill), of: name)
        continue
      }
      do throws(MeshError) {
        let versions = try available(name, answers[name])
        resolver.provide(versions, of: name, absence: versions.isEmpty ? absence(of: name) : shortage(of: name))
      } catch let failure {
        guard input.toleratesFailures, let skill = input.preferred[name] else { throw failure }
        failures[name] = failure
        resolver.provide(keeping(skill), of: name)
      }
    }
  }

  func answers(for names: [SkillName]) async throws -> [SkillName: Result<IndexDocument, MeshError>] {
    for name in names { try indexes.refuseDepth(depths[name] ?? 0, of: name) }
    var answers: [SkillName: Result<IndexDocument, MeshError>] = [:]
    for (address, group) in Dictionary(grouping: names, by: { registry(of: $0) }) {
      answers.merge(try await indexes.answers(for: group, at: address)) { $1 }
    }
    return answers
  }

  /// The one version of a skill that stays as it is.
  private mutating func keeping(_ skill: LockedSkill) -> [AvailableVersion] {
    mention(skill.dependencies, of: skill.name, from: skill.registry)
    return skill.number.map { [AvailableVersion(kept: $0, skill.dependencies)] } ?? []
  }

  /// What a skill needs is looked for where the skill is.
  private mutating func mention(_ references: [SkillReference], of needy: SkillName?, from registry: String?) {
    let depth = needy.map { depths[$0] ?? 0 } ?? 0
    for reference in references where depths[reference.name] == nil { depths[reference.name] = depth + 1 }
    guard let address = address(of: registry) else { return }
    for reference in references where registryOf[reference.name] == nil { registryOf[reference.name] = address }
  }

  /// Nil for a text that is no address.
  func address(of registry: String?) -> RegistryAddress? {
    guard let registry else { return registries.standard }
    return try? RegistryAddress(parsing: registry)
  }

  /// What can be had; nothing for a skill that does not exist and that nobody named.
  private mutating func available(
    _ name: SkillName, _ answer: Result<IndexDocument, MeshError>?
  ) throws(MeshError) -> [AvailableVersion] {
    let document: IndexDocument
    switch answer {
    case .success(let found): document = found
    case .failure(let failure):
      let isNamed = input.toleratesFailures || input.requested.contains { $0.name == name }
      if failure.code == .notFound, !isNamed { return [] }
      throw failure
    case nil: return []
    }
    // Said better here than by the resolver, for what somebody has just typed.
    for reference in input.requested where reference.name == name { try document.refuseMissing(reference) }
    let versions = try choose(name, document)
    documents[name] = document
    return versions
  }

  private mutating func choose(_ name: SkillName, _ document: IndexDocument) throws(MeshError) -> [AvailableVersion] {
    let registry = registry(of: name)
    // What another registry has under the name is another skill.
    let preferred = input.preferred[name].flatMap { address(of: $0.registry) == address(of: registry) ? $0 : nil }
    let isMoving = input.moving.contains(name)
    var versions: [AvailableVersion] = []
    var refusal: MeshError?
    // Most versions of a skill need the same, which is then held once.
    var (texts, needed): ([String], [SkillReference]) = ([], [])
    for (number, entry) in try document.numbered() {
      let isPreferred = preferred?.number?.withoutBuild == number.withoutBuild
      if isPreferred, let preferred { try refuseChanged(preferred, entry, at: registry) }
      // What is there may stay, however young, yanked or withdrawn it is.
      if isMoving, let floor = preferred?.number, number < floor || isPreferred { continue }
      guard entry.status.isServed else { continue }
      do throws(MeshError) {
        if entry.dependencies != texts { needed = try entry.references(of: name).renamed(by: renames) }
        texts = entry.dependencies
      } catch {
        unreadable.append(PassedOver(name: name, number: number, reason: .unreadable(error.message)))
        refusal = error
        continue
      }
      mention(needed, of: name, from: registry)
      versions.append(
        AvailableVersion(
          number: number, dependencies: needed, isYanked: entry.status != .published, publishedAt: entry.publishedAt))
    }
    guard let preferred, let number = preferred.number, isMoving || !input.fresh.contains(name) else {
      if let refusal, versions.isEmpty { throw refusal }
      return versions
    }
    let now = try document.entry(of: number)
    if now?.status == .quarantined {
      return try withoutQuarantined(preferred, name, number, now?.reason, document, versions)
    }
    if !isMoving, now?.status.isServed == true { return versions }
    // Nobody asked for another one, and its archive may well be at hand.
    if !isMoving { withdrawn.insert(name) }
    // By the names of the registry, as every other version: what moves may need what is called otherwise here.
    guard let needed = try? now?.references(of: name).renamed(by: renames) else { return versions + keeping(preferred) }
    mention(needed, of: name, from: registry)
    return versions + [AvailableVersion(kept: number, needed)]
  }

  /// What is in quarantine gives way when somebody asks for that and there is something else; by itself nothing moves.
  private mutating func withoutQuarantined(
    _ skill: LockedSkill, _ name: SkillName, _ number: SemanticVersion, _ reason: String?, _ document: IndexDocument,
    _ versions: [AvailableVersion]
  ) throws(MeshError) -> [AvailableVersion] {
    let isAsked = input.moving.contains(name) || input.requested.contains { $0.name == name }
    if isAsked, versions.contains(where: { !$0.isYanked && !$0.number.isPrerelease }) {
      quarantined.append(PassedOver(name: name, number: number, reason: .quarantined(reason)))
      return versions
    }
    let because: Message = reason.map { ": \($0)" } ?? ""
    throw MeshError(
      .quarantined, "\(skill.title), which is locked, was quarantined by the registry's operator\(because)",
      hint: try UnavailableVersion(skill: skill, index: document, manifest: input.manifest, lock: input.preferred)
        .hint())
  }

  /// Which versions of a skill cannot be had although there are others; nil when none is held back.
  private func shortage(of name: SkillName) -> String? {
    let numbers = (documents[name]?.versions ?? []).filter { $0.status == .quarantined }.map(\.version)
    guard !numbers.isEmpty else { return nil }
    let shown = numbers.suffix(3).joined(separator: ", ")
    let verb = numbers.count == 1 ? "was" : "were"
    return "\(Message(shown, limit: 400)) \(verb) quarantined by the registry's operator"
  }

  /// Why nothing can be had of a skill; nil where there is no such skill.
  private func absence(of name: SkillName) -> String? {
    guard let document = documents[name], !document.versions.isEmpty else { return nil }
    let isHeld = document.versions.contains { $0.status == .quarantined }
    return isHeld
      ? "none of its versions can be had, because they were quarantined by the registry's operator"
      : "all of its versions were withdrawn by their author"
  }

  /// A version must never change.
  private func refuseChanged(
    _ skill: LockedSkill, _ entry: IndexDocument.Version, at address: String?
  ) throws(MeshError) {
    let asked = try registries.client(at: address).address
    guard skill.digest != entry.digest, (try? RegistryAddress(parsing: skill.registry ?? "")) == asked else { return }
    throw MeshError(
      .integrityError, "the registry now has other content under \(skill.title)",
      hint: "A version must never change. Ask the registry's operator what happened.")
  }
}

extension AvailableVersion {
  /// A version that is there and stays.
  init(kept number: SemanticVersion, _ dependencies: [SkillReference]) {
    self.init(number: number, dependencies: dependencies, isYanked: false, publishedAt: .distantPast)
  }
}
