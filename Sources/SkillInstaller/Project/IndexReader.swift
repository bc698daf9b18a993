import FoundationSubset
import RegistryAPI
import RegistryClient
import Skills
import Synchronization

/// Reads the indexes that one plan needs: each is asked for once, and all of them together stay within bounds.
final class IndexReader: Sendable {
  typealias Answer = Result<IndexDocument, MeshError>

  private struct Key: Hashable {
    let registry: String?
    let name: SkillName
  }

  private struct State {
    var answers: [Key: Answer] = [:]
    var bytes = 0
    /// Of one resolution; set by its first question.
    var deadline: ContinuousClock.Instant?
  }

  private let registries: Registries
  let bounds: ResolutionBounds
  private let state = Mutex(State())

  init(_ registries: Registries, bounds: ResolutionBounds) {
    self.registries = registries
    self.bounds = bounds
  }

  /// The indexes of skills in one registry.
  ///
  /// - Parameter registry: An address as a file has it; nil for the standard registry.
  /// - Throws: `unresolvable` or `timeout` when a bound is met, `cancelled`; what a registry fails with is an answer.
  func answers(for names: [SkillName], at registry: String?) async throws -> [SkillName: Answer] {
    let unknown = try state.withLock { state in
      let unknown = names.filter { state.answers[Key(registry: registry, name: $0)] == nil }
      guard state.answers.count + unknown.count <= bounds.skills else { throw tooManySkills }
      return unknown
    }
    if !unknown.isEmpty { try await ask(for: unknown, at: registry) }
    return state.withLock { state in
      Dictionary(names.compactMap { name in state.answers[Key(registry: registry, name: name)].map { (name, $0) } }) {
        $1
      }
    }
  }

  /// Gives the next question all the time that a resolution has.
  func resetDeadline() { state.withLock { $0.deadline = nil } }

  /// When the version of a skill was published, as far as its index was read.
  func publication(of skill: LockedSkill) -> Date? {
    guard let name = skill.name, let number = skill.number else { return nil }
    let answers = state.withLock { state in
      state.answers[Key(registry: skill.registry, name: name)].map { [$0] }
        ?? state.answers.filter { $0.key.name == name }.map(\.value)
    }
    let entries = answers.compactMap { answer in (try? answer.get().entry(of: number)) ?? nil }
    return entries.first { $0.digest == skill.digest }?.publishedAt
  }

  /// The newest published version above a locked one, stable where there is a stable one.
  func newest(than skill: LockedSkill) -> (number: SemanticVersion, publishedAt: Date)? {
    guard let name = skill.name, let number = skill.number else { return nil }
    let documents = state.withLock { $0.answers.filter { $0.key.name == name }.compactMap { try? $0.value.get() } }
    let newer = documents.flatMap { (try? $0.numbered()) ?? [] }.filter {
      $0.number > number && $0.entry.status == .published
    }
    let stable = newer.filter { !$0.number.isPrerelease }
    return (stable.isEmpty ? newer : stable).max { $0.number < $1.number }.map { ($0.number, $0.entry.publishedAt) }
  }

  private func ask(for names: [SkillName], at registry: String?) async throws {
    let deadline = state.withLock { state in
      state.deadline = state.deadline ?? bounds.duration.map { .now + $0 }
      return state.deadline
    }
    try await before(deadline) { [self] in
      do {
        try await registries.client(at: registry).forEachIndex(of: names) { name, answer in
          try keep(answer, as: Key(registry: registry, name: name))
        }
      } catch let failure as MeshError where ![.cancelled, .unresolvable].contains(failure.code) {
        for key in names.map({ Key(registry: registry, name: $0) }) where state.withLock({ $0.answers[key] == nil }) {
          try keep(.failure(failure), as: key)
        }
      }
    }
  }

  /// - Throws: `unresolvable` for a document beyond the bound, which is not kept.
  private func keep(_ answer: Answer, as key: Key) throws {
    try state.withLock { state in
      if case .success(let document) = answer {
        state.bytes += document.footprint
        guard state.bytes <= bounds.bytes else { throw tooManyBytes }
      }
      state.answers[key] = answer
      // Where the registry has led to the present name, it has said what there is under that one, too.
      guard case .success(var document) = answer,
        let name = document.presentName.flatMap({ try? SkillName(parsing: $0) })
      else { return }
      let present = Key(registry: key.registry, name: name)
      (document.name, document.presentName) = (name.description, nil)
      if state.answers[present] == nil { state.answers[present] = .success(document) }
    }
  }

  /// What `work` gives, unless the deadline comes first.
  private func before<Value: Sendable>(
    _ deadline: ContinuousClock.Instant?, _ work: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    guard let deadline else { return try await work() }
    return try await withThrowingTaskGroup(of: Value?.self) { group in
      defer { group.cancelAll() }
      group.addTask { try await work() }
      group.addTask {
        try await Task.sleep(until: deadline, clock: .continuous)
        return nil
      }
      guard let first = try await group.next(), let value = first else { throw tooLong }
      return value
    }
  }

  // MARK: - Bounds

  /// - Parameter depth: How many dependencies lead from the project to a skill.
  func refuseDepth(_ depth: Int, of name: SkillName) throws(MeshError) {
    guard depth > bounds.depth else { return }
    throw MeshError(
      .unresolvable, "\(name) is needed through more than \(bounds.depth) skills, each by the one before",
      hint: Self.advice)
  }

  private var tooManySkills: MeshError {
    MeshError(
      .unresolvable, "what is wanted leads to more than \(bounds.skills) skills", hint: Self.advice)
  }

  private var tooManyBytes: MeshError {
    MeshError(
      .unresolvable, "the indexes of what is wanted take more than \(bounds.bytes >> 20) MiB", hint: Self.advice)
  }

  private var tooLong: MeshError {
    MeshError(
      .timeout, "the registries did not say within \(bounds.duration?.components.seconds ?? 0) seconds what is needed",
      hint: "Nothing was changed. Try again, or install fewer skills at once.")
  }

  private static let advice: Message =
    "Nothing was changed. A skill that needs so much is broken or hostile: leave it out, or report it to its registry."
}
