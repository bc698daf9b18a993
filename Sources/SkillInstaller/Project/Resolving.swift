import Foundation
import RegistryAPI
import RegistryClient
import Skills

/// What is to be resolved.
struct ResolutionWish: Sendable {
  var manifest: ProjectManifest
  /// Skills that are in no registry, as they are locked.
  var sources: [LockedSkill] = []
  /// Preferred where they are allowed.
  var preferred: Lockfile
  /// Kept as they are, whatever their registry says; it is not asked.
  var held: [LockedSkill] = []
  /// Skills that are to move: the newest version is preferred, the one that is there may stay even when it can no longer
  /// be had, and nothing below it is taken.
  var moving: Set<SkillName> = []
  /// Whether a skill whose registry cannot be asked stays as it is, and is told of.
  var toleratesFailures = false
  /// Skills whose newest version is wanted, whichever is there.
  var fresh: Set<SkillName> = []
  /// Named by whoever asks: when one of them cannot be had, that is the error.
  var requested: [SkillReference] = []
  var minimumAge: MinimumAge?
  var now = Date()

  /// - Parameter options: How young a version may be.
  mutating func follow(_ options: InstallOptions) {
    minimumAge = options.minimumAge
    now = options.now
  }
}

/// What came of it.
struct ResolvedProject: Sendable {
  var lock: Lockfile
  var passedOver: [PassedOver]
  /// Skills that stay as they are because of this.
  var failures: [SkillName: MeshError] = [:]
}

/// Asks registries for what the resolver needs, until it knows.
struct ProjectResolution {
  let registries: Registries
  let wish: ResolutionWish
  private var registryOf: [SkillName: String] = [:]
  private var documents: [SkillName: IndexDocument] = [:]
  private var failures: [SkillName: MeshError] = [:]

  init(_ wish: ResolutionWish, _ registries: Registries) {
    self.wish = wish
    self.registries = registries
  }

  mutating func run() async throws -> ResolvedProject {
    var resolver = Resolver(request)
    for skill in wish.sources { mention(skill.dependencies, from: wish.manifest.registry) }
    while true {
      switch resolver.step() {
      case .needs(let names): try await provide(names, to: &resolver)
      case .solved(let resolution):
        let lock = try assemble(resolution)
        return ResolvedProject(lock: lock, passedOver: resolution.passedOver, failures: failures)
      case .conflict(let conflict): throw conflict.error
      }
    }
  }

  private var request: ResolutionRequest {
    let wanted = wish.manifest.skills.sorted { $0.key < $1.key }.map {
      SkillReference(name: $0.key, range: $0.value.range)
    }
    var request = ResolutionRequest(roots: wanted + wish.sources.flatMap(\.dependencies))
    for skill in wish.preferred.skills {
      guard let name = skill.name, let number = skill.number else { continue }
      if !wish.moving.contains(name), !wish.fresh.contains(name) { request.locked[name] = number }
    }
    request.pins = wish.manifest.pins
    for skill in wish.held {
      if let name = skill.name, let number = skill.number { request.pins[name] = number }
    }
    if let age = wish.minimumAge, age.seconds > 0 {
      request.minimumAge = age
      request.publishedBefore = wish.now.addingTimeInterval(-Double(age.seconds))
    }
    return request
  }

  // MARK: - Asking

  private mutating func provide(_ names: [SkillName], to resolver: inout Resolver) async throws {
    let held = Dictionary(wish.held.compactMap { skill in skill.name.map { ($0, skill) } }, uniquingKeysWith: { $1 })
    let answers = try await answers(for: names.filter { held[$0] == nil })
    for name in names {
      if let skill = held[name] {
        resolver.provide(keeping(skill), of: name)
        continue
      }
      do throws(MeshError) {
        resolver.provide(try available(name, answers[name]), of: name)
      } catch let failure {
        guard wish.toleratesFailures, let skill = wish.preferred[name] else { throw failure }
        failures[name] = failure
        resolver.provide(keeping(skill), of: name)
      }
    }
  }

  private func answers(for names: [SkillName]) async throws -> [SkillName: Result<IndexDocument, MeshError>] {
    var answers: [SkillName: Result<IndexDocument, MeshError>] = [:]
    for (address, group) in Dictionary(grouping: names, by: { registry(of: $0) }) {
      do {
        answers.merge(try await registries.client(at: address).indexes(of: group.sorted())) { $1 }
      } catch let failure as MeshError where failure.code != .cancelled {
        for name in group { answers[name] = .failure(failure) }
      }
    }
    return answers
  }

  /// The one version of a skill that stays as it is.
  private mutating func keeping(_ skill: LockedSkill) -> [AvailableVersion] {
    mention(skill.dependencies, from: skill.registry)
    return skill.number.map { [AvailableVersion(kept: $0, skill.dependencies)] } ?? []
  }

  /// Nil for the standard registry.
  private func registry(of name: SkillName) -> String? {
    if let wanted = wish.manifest.skills[name] {
      if let named = wanted.registry { return named }
      if wish.requested.contains(where: { $0.name == name }) { return wish.manifest.registry }
    }
    return wish.preferred[name]?.registry ?? registryOf[name] ?? wish.manifest.registry
  }

  /// What a skill needs is looked for where the skill is.
  private mutating func mention(_ references: [SkillReference], from registry: String?) {
    guard let registry else { return }
    for reference in references where registryOf[reference.name] == nil { registryOf[reference.name] = registry }
  }

  /// What can be had; nothing for a skill that does not exist and that nobody named.
  private mutating func available(
    _ name: SkillName, _ answer: Result<IndexDocument, MeshError>?
  ) throws(MeshError) -> [AvailableVersion] {
    let document: IndexDocument
    switch answer {
    case .success(let found): document = found
    case .failure(let failure):
      let isNamed = wish.toleratesFailures || wish.requested.contains { $0.name == name }
      if failure.code == .notFound, !isNamed { return [] }
      throw failure
    case nil: return []
    }
    // Said better here than by the resolver, for what somebody has just typed.
    for reference in wish.requested where reference.name == name { try document.refuseMissing(reference) }
    let versions = try choose(name, document)
    documents[name] = document
    return versions
  }

  private mutating func choose(_ name: SkillName, _ document: IndexDocument) throws(MeshError) -> [AvailableVersion] {
    let (address, preferred) = (registry(of: name), wish.preferred[name])
    let isMoving = wish.moving.contains(name)
    var versions: [AvailableVersion] = []
    for (number, entry) in try document.numbered() {
      let isPreferred = preferred?.number?.withoutBuild == number.withoutBuild
      if isPreferred, let preferred { try refuseChanged(preferred, entry, at: address) }
      // What is there may stay, however young, yanked or withdrawn it is.
      if isMoving, let floor = preferred?.number, number < floor || isPreferred { continue }
      guard entry.status.isServed else { continue }
      let needed = entry.dependencies.compactMap { try? SkillReference(parsing: $0) }
      mention(needed, from: address)
      versions.append(
        AvailableVersion(
          number: number, dependencies: needed, isYanked: entry.status != .published, publishedAt: entry.publishedAt))
    }
    guard isMoving, let preferred, let number = preferred.number else { return versions }
    // What is out of reach for good reason does not stay where there is something newer.
    let now = try document.entry(of: number)
    guard now?.status == .quarantined else { return versions + keeping(preferred) }
    if versions.contains(where: { !$0.isYanked && !$0.number.isPrerelease }) { return versions }
    throw MeshError(
      .quarantined,
      "\(preferred.title), which is installed, was taken out of reach by the registry's operator"
        + (now?.reason.map { ": \(TerminalText.escaped($0, limit: 300))" } ?? ""),
      hint: "Nothing newer is there. Remove it, or install an older version by its number.")
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

  // MARK: - Answering

  private func assemble(_ resolution: Resolution) throws -> Lockfile {
    var skills = wish.sources
    for (name, number) in resolution.versions { skills.append(try locked(name, number)) }
    for (folder, group) in Dictionary(grouping: skills, by: \.folder) where group.count > 1 {
      let names = group.map(\.reference).sorted().joined(separator: " and ")
      throw MeshError(
        .conflict, "\(TerminalText.escaped(names)) would both be installed as '\(folder)'",
        hint: "Install one of them under another name: agent-mesh skills install <author/slug> --as <name>.")
    }
    return Lockfile(skills)
  }

  private func locked(_ name: SkillName, _ number: SemanticVersion) throws -> LockedSkill {
    if let held = wish.held.first(where: { $0.name == name }) { return held }
    let known = wish.preferred[name]
    guard let document = documents[name], let entry = try document.entry(of: number) else {
      if let known, known.number == number { return known }
      throw MeshError(.internalError, "\(name)@\(number) was resolved and is not there")
    }
    let folder = wish.manifest.skills[name]?.folder ?? (wish.manifest.skills[name] == nil ? known?.folder : nil)
    return LockedSkill(
      folder: folder ?? name.slug,
      origin: .registry(
        name, number, registry: try registries.client(at: registry(of: name)).address.text,
        isPrivate: document.isPrivate),
      digest: entry.digest, size: entry.size, treeDigest: entry.treeDigest,
      dependencies: entry.dependencies.compactMap { try? SkillReference(parsing: $0) })
  }
}

extension AvailableVersion {
  /// A version that is there and stays.
  init(kept number: SemanticVersion, _ dependencies: [SkillReference]) {
    self.init(number: number, dependencies: dependencies, isYanked: false, publishedAt: .distantPast)
  }
}
