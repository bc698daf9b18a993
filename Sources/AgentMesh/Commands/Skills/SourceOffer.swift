import SkillSources
import Skills

/// Everything that sources have to offer.
struct SourceOffer: Sendable {
  /// One for each source.
  fileprivate(set) var listings: [SourceListing] = []

  var skills: [SourcedSkill] { listings.flatMap(\.skills) }
  var refused: [SourceListing.Refused] { listings.flatMap(\.refused) }
  /// What is refused beside skills that are not; where nothing else is there, `choose(_:in:)` throws the first reason.
  var passedOver: [SourceListing.Refused] {
    listings.flatMap { $0.refused.dropFirst($0.skills.isEmpty ? 1 : 0) }
  }

  /// The skills of these names; without names the only one of every source, or those that somebody at a terminal picks.
  ///
  /// - Throws: `notFound` for a name that nothing has; `confirmationNeeded`, with all names, where nobody can be asked.
  func choose(_ names: [String], in mesh: Mesh) throws -> [SourcedSkill] {
    for listing in listings where listing.skills.isEmpty {
      if let first = listing.refused.first { throw first.failure }
    }
    if names.contains("*") { return skills }
    if !names.isEmpty { return try pick(names) }
    if listings.allSatisfy({ $0.skills.count == 1 }) { return skills }
    guard mesh.canAsk else {
      throw MeshError(
        .confirmationNeeded, "there are \(skills.count) skills to choose from: \(listing, limit: 2_000)",
        hint: "Name them with --skill <name>…, or take all of them with --skill '*'.")
    }
    return try pick(ask(in: mesh))
  }

  /// In the order of the words, each once.
  private func pick(_ words: [String]) throws -> [SourcedSkill] {
    let skills = skills
    var picked: [Int] = []
    for word in words {
      for index in try indices(of: word, in: skills) where !picked.contains(index) { picked.append(index) }
    }
    return picked.map { skills[$0] }
  }

  /// A name means one skill of each source: the one whose folder is called so, else the only one whose text says so.
  private func indices(of word: String, in skills: [SourcedSkill]) throws -> [Int] {
    let called = skills.indices.filter { skills[$0].suggestedFolder.rawValue == word }
    if !called.isEmpty { return called }
    let named = skills.indices.filter { skills[$0].document.name == word }
    if named.count == 1 { return named }
    guard named.isEmpty else {
      let folders = named.prefix(20).map { skills[$0].suggestedFolder.rawValue }.joined(separator: ", ")
      throw MeshError(
        .conflict, "\(named.count) skills call themselves '\(word, limit: 80)': \(folders, limit: 1_000)",
        hint: "Name one of them by its folder with --skill <name>.")
    }
    throw MeshError(
      .notFound, "the source has no skill '\(word, limit: 80)'", hint: "It has: \(listing, limit: 2_000).")
  }

  /// Numbers, names, or a star.
  private func ask(in mesh: Mesh) throws -> [String] {
    let columns = TerminalWidth.columns(of: .standardError) ?? 80
    for (index, skill) in skills.enumerated() {
      let number = String(index + 1)
      let indent = String(repeating: " ", count: max(0, 4 - number.count))
      let name = skill.suggestedFolder.rawValue
      let description = ScreenText.cut(
        ScreenText.line(skill.document.description ?? ""), to: max(20, columns - 11 - name.count))
      mesh.talk.show("\(indent)\(number)  \(mesh.talk.style.bold(Message(name)))  \(description)")
    }
    guard let answer = mesh.ask("Which of them? Numbers or names, * for all:") else { throw CancellationError() }
    let words = answer.split { " ,\t".contains($0) }.map(String.init)
    guard !words.isEmpty else { throw MeshError(.declined, "nothing was added") }
    if words.contains("*") { return skills.map(\.suggestedFolder.rawValue) }
    return words.map { word in
      guard let number = Int(word), skills.indices.contains(number - 1) else { return word }
      return skills[number - 1].suggestedFolder.rawValue
    }
  }

  private var listing: String {
    let names = skills.prefix(40).map(\.suggestedFolder.rawValue).joined(separator: ", ")
    return skills.count > 40 ? names + ", …" : names
  }
}

extension Mesh {
  /// Looks at sources.
  ///
  /// - Parameter names: What alone is wanted of them; `*` for all.
  func offer(
    of words: [String], only names: [String], to place: Workplace, isOffline: Bool
  ) async throws -> SourceOffer {
    let wanted = names.contains("*") ? [] : Set(names)
    var offer = SourceOffer()
    for word in words {
      do {
        let source = try SourcePath.source(word, for: place.targets)
        guard !isOffline || source.isLocal else { throw Self.offline(source.description) }
        progress.show("reading \(source)")
        offer.listings.append(try await place.sources.survey(source, only: wanted))
      } catch let failure as MeshError {
        throw failure.hinting(at: word)
      }
    }
    return offer
  }
}

extension SourceListing.Refused {
  /// Where it lies in its source; `.` for the source itself.
  var name: String { location.isEmpty ? "." : location }

  /// The reason as the one error of a command: it says what was found, and of an entry which one it is.
  fileprivate var failure: MeshError {
    let found = Message(trusted: reason.message)
    let message: Message = location.isEmpty ? found : "'\(location)' is refused: \(found)"
    return MeshError(reason.code, message, hint: reason.hint.map { Message(trusted: $0) })
  }
}

extension MeshError {
  /// `owner/repo` and `author/slug` look alike: who meant the other one learns how to say it.
  fileprivate func hinting(at word: String) -> MeshError {
    guard [.networkError, .notFound, .usage, .timeout].contains(code), (try? SkillReference(parsing: word)) != nil
    else {
      return self
    }
    let other: Message =
      "'\(word)' names a repository here. To install from a registry: agent-mesh skills install \(word)"
    return with(hint: hint.map { "\($0, limit: 1_000) \(other)" } ?? other)
  }
}
