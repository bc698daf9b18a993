import RegistryClient
import SkillInstaller
import Skills
import Testing

/// One project with skills of two registries.
@Suite struct TwoRegistriesTests {
  private let ours = FakeRegistry()
  private let theirs = FakeRegistry()

  private func installer(_ scene: Scene, choosing chosen: FakeRegistry? = nil) throws -> SkillInstaller {
    let clients = try [ours, theirs].map { try $0.client() }
    let registries = Registries(
      standard: try (chosen ?? ours).client().address, isChosen: chosen != nil
    ) { address throws(MeshError) in
      guard let client = clients.first(where: { $0.address == address }) else {
        throw MeshError(.networkError, "no such registry")
      }
      return client
    }
    return SkillInstaller(registries: registries, targets: try scene.targets())
  }

  private func add(_ name: String, to scene: Scene, from registry: FakeRegistry? = nil) async throws {
    _ = try await installer(scene, choosing: registry)
      .perform(.add([SkillReference(parsing: name)]), InstallOptions(saves: true))
  }

  @Test func `one name that two skills need from two registries is a conflict that names both`() async throws {
    let scene = try Scene(ours)
    try ours.publish("acme/base", "1.0.0", files: ["whose": "ours"])
    try ours.publish("acme/app", "1.0.0", needs: ["acme/base@^1"])
    try theirs.publish("acme/base", "1.9.0", files: ["whose": "theirs"])
    try theirs.publish("evil/tool", "1.0.0", needs: ["acme/base@^1"])
    try await add("acme/app", to: scene)
    let before = try scene.hash()
    let error = await #expect(throws: MeshError.self) { try await add("evil/tool", to: scene, from: theirs) }
    #expect(error?.code == .conflict)
    #expect(error?.message.contains(ours.address) == true)
    #expect(error?.message.contains(theirs.address) == true)
    #expect(error?.hint?.contains("acme/base") == true)
    #expect(try scene.hash() == before)
  }

  @Test func `what one registry alone needs comes from there, and a manifest that names it decides`() async throws {
    let scene = try Scene(ours)
    try ours.publish("acme/base", "1.0.0", files: ["whose": "ours"])
    try theirs.publish("acme/base", "1.9.0", files: ["whose": "theirs"])
    try theirs.publish("evil/tool", "1.0.0", needs: ["acme/base@^1"])
    try await add("evil/tool", to: scene, from: theirs)
    #expect(scene.text(".agents/skills/base/whose") == "theirs")
    let other = try Scene(ours)
    try await add("acme/base", to: other)
    try await add("evil/tool", to: other, from: theirs)
    #expect(other.text(".agents/skills/base/whose") == "ours")
  }

  @Test(arguments: ["install", "add"])
  func `another registry in the manifest is refused with the two ways out`(verb: String) async throws {
    let scene = try Scene(ours)
    try ours.publish("acme/app", "1.0.0", files: ["whose": "ours"])
    try ours.publish("acme/more", "1.0.0")
    try theirs.publish("acme/app", "1.0.0", files: ["whose": "theirs"])
    try theirs.publish("acme/more", "1.0.0")
    try await add("acme/app", to: scene)
    let manifest = try #require(scene.text("skills.json"))
    try scene.write("skills.json", manifest.replacing(ours.address, with: theirs.address))
    let error = await #expect(throws: MeshError.self) {
      switch verb {
      case "add": try await add("acme/more", to: scene)
      default: _ = try await installer(scene).perform(.install(), InstallOptions(saves: true))
      }
    }
    #expect(error?.code == .conflict)
    #expect(error?.message.contains(ours.address) == true && error?.message.contains(theirs.address) == true)
    #expect(error?.hint?.contains("remove acme/app") == true)
    // The second way.
    try await scene.drop("app")
    try await add("acme/app", to: scene)
    #expect(scene.text(".agents/skills/app/whose") == "theirs")
  }

  // MARK: - By author

  private func write(_ manifest: String, to scene: Scene) throws {
    try scene.write(
      "skills.json", manifest.replacing("OURS", with: ours.address).replacing("THEIRS", with: theirs.address))
  }

  @Test func `the registry of an author is where their skills come from, whoever needs them`() async throws {
    let scene = try Scene(ours)
    try ours.publish("acme/base", "1.0.0", files: ["whose": "ours"])
    try theirs.publish("acme/base", "1.9.0", files: ["whose": "theirs"])
    try theirs.publish("evil/tool", "1.0.0", needs: ["acme/base@^1"])
    try write(
      #"{"format":1,"registry":"OURS","registries":{"acme":"OURS","evil":"THEIRS"},"skills":{"evil/tool":"^1"}}"#,
      to: scene)
    _ = try await installer(scene).perform(.install(), InstallOptions(saves: true))
    #expect(scene.text(".agents/skills/base/whose") == "ours")
    #expect(try Verification(of: scene.targets()).isGood)
  }

  @Test func `what the registry of the author does not have is not looked for in another`() async throws {
    let scene = try Scene(ours)
    try ours.publish("acme/base", "1.0.0")
    try theirs.publish("evil/tool", "1.0.0", needs: ["acme/base@^1"])
    try write(
      #"{"format":1,"registry":"THEIRS","registries":{"acme":"THEIRS"},"skills":{"evil/tool":"^1"}}"#, to: scene)
    await #expect(throws: MeshError.self) {
      try await installer(scene).perform(.install(), InstallOptions(saves: true))
    }
    #expect(ours.server.requests.isEmpty)
  }

  @Test func `a registry that is named for a command is written for the author`() async throws {
    let scene = try Scene(ours)
    try ours.publish("acme/app", "1.0.0")
    try theirs.publish("evil/tool", "1.0.0")
    try theirs.publish("evil/more", "1.0.0")
    try await add("acme/app", to: scene)
    try await add("evil/tool", to: scene, from: theirs)
    let manifest = try #require(try SkillInstaller.manifest(in: scene.targets()))
    #expect(manifest.registries == [try AuthorName(parsing: "evil"): theirs.address])
    #expect(manifest.skills[try SkillName(parsing: "evil/tool")]?.registry == nil)
    try await add("evil/more", to: scene)
    #expect(
      try SkillInstaller.lock(in: scene.targets())?.skills.map(\.registry) == [
        ours.address, theirs.address, theirs.address,
      ])
  }

  @Test func `what the user has configured for an author is written into the project`() async throws {
    let scene = try Scene(ours)
    try ours.publish("acme/app", "1.0.0", needs: ["evil/tool"])
    try theirs.publish("evil/tool", "1.0.0")
    let clients = try [ours, theirs].map { try $0.client() }
    let registries = Registries(
      standard: clients[0].address, byAuthor: [try AuthorName(parsing: "evil"): clients[1].address]
    ) { address throws(MeshError) in
      guard let client = clients.first(where: { $0.address == address }) else {
        throw MeshError(.networkError, "no such registry")
      }
      return client
    }
    _ = try await SkillInstaller(registries: registries, targets: scene.targets())
      .perform(.add([SkillReference(parsing: "acme/app")]), InstallOptions(saves: true))
    let clone = try Scene(ours)
    for file in ["skills.json", "skills.lock"] { try clone.write(file, try #require(scene.text(file))) }
    _ = try await installer(clone).perform(.install(isFrozen: true), InstallOptions())
    _ = try await installer(clone).perform(.install(), InstallOptions(saves: true))
    #expect(clone.text("skills.json")?.contains(theirs.address) == true)
    #expect(clone.exists(".agents/skills/tool/SKILL.md"))
  }

  // MARK: - Moving

  private func move(_ scene: Scene) async throws -> [LockedSkill] {
    let (old, new) = (try ours.client().address, try theirs.client().address)
    return try await RegistryMove(from: old, to: new, installer(scene)).perform()
  }

  @Test(arguments: [false, true]) func `a project moves with a registry, and nothing else changes`(
    isEditedByHand: Bool
  ) async throws {
    let scene = try Scene(ours)
    for registry in [ours, theirs] {
      try registry.publish("acme/app", "1.0.0", needs: ["acme/base@^1"])
      try registry.publish("acme/base", "1.0.0")
    }
    try await add("acme/app", to: scene)
    var files = try ["skills.json", "skills.lock", ".agents/skills/app/.agent-mesh.json"].map {
      try #require(scene.text($0))
    }
    if isEditedByHand { try scene.write("skills.json", files[0].replacing(ours.address, with: theirs.address)) }
    #expect(try await move(scene).map(\.reference) == ["acme/app", "acme/base"])
    files = files.map { $0.replacing(ours.address, with: theirs.address) }
    #expect(
      ["skills.json", "skills.lock", ".agents/skills/app/.agent-mesh.json"].map { scene.text($0) ?? "" } == files)
    #expect(try Verification(of: scene.targets()).isGood)
    let clone = try Scene(theirs)
    for file in ["skills.json", "skills.lock"] { try clone.write(file, try #require(scene.text(file))) }
    let before = ours.server.requests.count
    _ = try await installer(clone).perform(.install(isFrozen: true), InstallOptions())
    #expect(ours.server.requests.count == before)
  }

  @Test func `records that stayed behind when the two files moved follow by the same command`() async throws {
    let scene = try Scene(ours)
    for registry in [ours, theirs] { try registry.publish("acme/app", "1.0.0") }
    try await add("acme/app", to: scene)
    let path = ".agents/skills/app/.agent-mesh.json"
    let record = try #require(scene.text(path))
    _ = try await move(scene)
    try scene.write(path, record)
    let refusal = await code { try await installer(scene).perform(.install(), InstallOptions(saves: true)) }
    #expect(refusal == .conflict)
    #expect(try await move(scene).map(\.reference) == ["acme/app"])
    #expect(scene.text(path) == record.replacing(ours.address, with: theirs.address))
    _ = try await installer(scene).perform(.install(), InstallOptions(saves: true))
    #expect(try Verification(of: scene.targets()).isGood)
  }

  @Test(arguments: ["bytes", "missing", "nothing"])
  func `a project does not move to what is not the same registry`(fault: String) async throws {
    let scene = try Scene(ours)
    try ours.publish("acme/app", "1.0.0", files: ["a": "1"])
    switch fault {
    case "bytes": try theirs.publish("acme/app", "1.0.0", files: ["a": "2"])
    case "missing": try theirs.publish("acme/app", "1.0.1", files: ["a": "1"])
    default: break
    }
    if fault != "nothing" { try await add("acme/app", to: scene) }
    let before = try scene.hash()
    let failure = await code { try await move(scene) }
    #expect(failure == (fault == "bytes" ? .integrityError : .notFound))
    #expect(try scene.hash() == before)
  }

  @Test(arguments: [true, false]) func `who only writes the new address is shown the command`(frozen: Bool)
    async throws
  {
    let scene = try Scene(ours)
    for registry in [ours, theirs] { try registry.publish("acme/app", "1.0.0") }
    try await add("acme/app", to: scene)
    try scene.write(
      "skills.json", try #require(scene.text("skills.json")).replacing(ours.address, with: theirs.address))
    let error = await #expect(throws: MeshError.self) {
      try await installer(scene).perform(.install(isFrozen: frozen), InstallOptions(saves: !frozen))
    }
    #expect(error?.hint?.contains("agent-mesh skills registry move \(ours.address) \(theirs.address)") == true)
  }

  @Test(arguments: [nil, ["app"]] as [[String]?], [false, true])
  func `an update of what is wanted from another registry fails for that alone`(
    names: [String]?, beyondRanges: Bool
  ) async throws {
    let scene = try Scene(ours)
    for registry in [ours, theirs] { try registry.publish("acme/app", "1.0.0") }
    try ours.publish("evil/tool", "1.0.0")
    try await add("acme/app", to: scene)
    try await add("evil/tool", to: scene)
    try write(
      #"{"format":1,"registry":"OURS","registries":{"acme":"THEIRS"},"skills":{"acme/app":"^1","evil/tool":"^1"}}"#,
      to: scene)
    for registry in [ours, theirs] { try registry.publish("acme/app", "1.1.0") }
    try ours.publish("evil/tool", "1.1.0")
    let request = UpdateRequest(try names?.map { try SkillSlug(parsing: $0) }, beyondRanges: beyondRanges)
    let outcome = try await installer(scene).update(request, InstallOptions(saves: true))
    #expect(outcome.failures == ["app conflict"])
    let way = "agent-mesh skills registry move \(ours.address) \(theirs.address)"
    #expect(outcome.plan.failed.first?.error.hint?.contains(way) == true)
    #expect(outcome.moved == (names == nil ? ["tool 1.0.0 1.1.0"] : []))
    #expect(try scene.lock?.skills.first?.registry == ours.address)
    #expect(theirs.server.requests.isEmpty)
    let rows = try await installer(scene).outlook(InstallOptions())
    #expect(rows.map(\.error) == ["conflict", nil])
    let (manifest, lock) = (try #require(try scene.manifest), try #require(try scene.lock))
    #expect(lock.hint(agreeingWith: manifest).description.contains(way))
  }
}
