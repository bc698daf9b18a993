import Foundation
import SkillInstaller
import Skills
import SystemPackage
import TestSupport
import Testing

@Suite struct ConcurrencyTests {
  @Test func `sixteen installs of overlapping sets all come to an end, and every skill is whole`() async throws {
    let scene = try Scene()
    let slugs = (0..<6).map { "skill-\($0)" }
    for slug in slugs { try scene.registry.publish("acme/\(slug)", "1.0.0", files: ["a": slug, "b/c": "c"]) }
    let codes = await withTaskGroup(of: ErrorCode?.self) { group in
      for task in 0..<16 {
        group.addTask {
          let chosen = (0..<3).map { "acme/\(slugs[(task + $0) % slugs.count])" }
          do {
            try await scene.install(chosen[0], chosen[1], chosen[2])
            return nil
          } catch {
            return (error as? MeshError)?.code ?? .unknown
          }
        }
      }
      return await group.reduce(into: [ErrorCode?]()) { $0.append($1) }
    }
    #expect(codes.allSatisfy { $0 == nil })
    let found = try Examination(of: scene.targets()).installed
    #expect(!found.isEmpty)
    for skill in found {
      #expect(skill.mark != nil)
      #expect(scene.text(".claude/skills/\(skill.slug)/a") == skill.slug)
      #expect(scene.text(".claude/skills/\(skill.slug)/b/c") == "c")
    }
    #expect(!scene.names(".agents/skills").contains(".agent-mesh"))
  }

  @Test func `installs in a fresh project that fail and succeed do not get in each other's way`() async throws {
    let scene = try Scene()
    try scene.registry.publish("acme/good", "1.0.0", files: ["a": "good"])
    try scene.registry.publish("acme/bad", "1.0.0")
    scene.registry.amend("acme/bad", "1.0.0") { $0.archive[30] ^= 0xFF }
    let codes = await withTaskGroup(of: ErrorCode?.self) { group in
      for task in 0..<16 {
        group.addTask {
          do {
            try await scene.install(task == 9 ? "acme/good" : "acme/bad")
            return nil
          } catch {
            return (error as? MeshError)?.code ?? .unknown
          }
        }
      }
      return await group.reduce(into: [ErrorCode?]()) { $0.append($1) }
    }
    #expect(codes.filter { $0 == nil }.count == 1)
    #expect(codes.filter { $0 == .integrityError }.count == 15, "\(codes)")
    #expect(scene.names(".agents/skills") == ["good"])
    #expect(scene.text(".claude/skills/good/a") == "good")
  }

  @Test func `whoever holds the folder is waited for, and not for ever`() async throws {
    let scene = try Scene()
    let first = try await SkillsRoot.claim(scene.targets())
    #expect(
      await code { try await SkillsRoot.claim(scene.targets(), timeout: .milliseconds(30)) } == .busy)
    withExtendedLifetime(first) {}
  }

  /// What the flipping thread does to the place of the skill.
  enum Flip: String, CaseIterable, Sendable {
    case skill = ".agents/skills/probe"
    case work = ".agents/skills/.agent-mesh"
    case link = ".claude/skills/probe"
  }

  @Test(arguments: Flip.allCases)
  func `a link that is flipped ten thousand times at the target leads nothing outside`(flip: Flip) async throws {
    let scene = try Scene()
    try scene.registry.publish("acme/probe", "1.0.0", files: ["canary": "dead", "SKILL.sh": "x"])
    try scene.registry.publish("acme/probe", "2.0.0", files: ["canary": "dead again"])
    try scene.makeFolder(".agents/skills")
    try scene.makeFolder(".claude/skills")
    let (done, ended) = (Locked(false), Signal())
    let (place, outside) = (scene[flip.rawValue].string, scene.outside.string)
    Thread.detachNewThread {
      var flips = 0
      while flips < 10_000 {
        _ = symlink(outside, place)
        unlink(place)
        flips += 1
      }
      done.change { $0 = true }
      ended.fire()
    }
    var rounds = 0
    while !done.value || rounds < 5 {
      rounds += 1
      _ = try? await scene.install("acme/probe@1.0.0", force: rounds % 2 == 0)
      _ = try? await scene.update()
      _ = try? await scene.remove("probe", force: rounds % 3 == 0)
    }
    await ended.wait()
    #expect(try scene.isOutsideUntouched())
    _ = try await scene.install("acme/probe@1.0.0", force: true)
    #expect(scene.text(".agents/skills/probe/canary") == "dead")
    #expect(try scene.isOutsideUntouched())
  }
}
