import Foundation
import TestSupport
import Testing

@testable import Skills

@Suite struct CanonicalFormTests {
  @Test func `a manifest is written as people would write it`() throws {
    let text = """
      {
        "$schema": "https://example.com/skills.schema.json",
        "format": 1,
        "registry": "https://skills.example",
        "agents": [
          "claude-code",
          "codex"
        ],
        "min_age": "3d",
        "skills": {
          "acme/any": "*",
          "acme/reviewer": "^1.2",
          "acme/writer": {
            "range": "^2",
            "folder": "writer2",
            "registry": "https://other.example"
          }
        },
        "sources": {
          "pdf": "git+https://host/o/r.git#main:skills/pdf"
        },
        "pins": {
          "acme/base": "1.4.0",
          "pdf": "\(String(repeating: "a", count: 40))"
        }
      }

      """
    let manifest = try ProjectManifest(reading: Array(text.utf8))
    #expect(String(decoding: manifest.encoded, as: UTF8.self) == text)
    #expect(manifest.skills[Locks.name("acme/writer")]?.folder == Locks.slug("writer2"))
    #expect(manifest.skills[Locks.name("acme/any")] == .init())
    #expect(manifest.minimumAge?.seconds == 259_200)
    #expect(manifest.pins == [Locks.name("acme/base"): Locks.number("1.4.0")])
    #expect(manifest.commits == [Locks.slug("pdf"): String(repeating: "a", count: 40)])
  }

  @Test func `a lock has a block for each skill, sorted by folder`() throws {
    let lock = Lockfile([
      Locks.skill("acme/writer@2.0.0", needs: ["acme/base@^1", "acme/abc"], isPrivate: true),
      Locks.source("git+https://host/r#main", as: "pdf", commit: String(repeating: "a", count: 40), version: "1.0"),
    ])
    let text = """
      {
        "format": 1,
        "skills": [
          {
            "folder": "pdf",
            "source": "git+https://host/r#main",
            "commit": "\(String(repeating: "a", count: 40))",
            "version": "1.0",
            "digest": "\(Locks.digest("git+https://host/r#main"))",
            "size": 7,
            "tree_digest": "\(Locks.tree("git+https://host/r#main"))",
            "dependencies": []
          },
          {
            "folder": "writer",
            "name": "acme/writer",
            "version": "2.0.0",
            "registry": "https://skills.example",
            "digest": "\(Locks.digest("acme/writer@2.0.0"))",
            "size": 117,
            "tree_digest": "\(Locks.tree("acme/writer@2.0.0"))",
            "private": true,
            "dependencies": [
              "acme/abc",
              "acme/base@^1"
            ]
          }
        ]
      }

      """
    #expect(String(decoding: lock.encoded, as: UTF8.self) == text)
    #expect(try Lockfile(reading: Array(text.utf8)) == lock)
  }

  @Test func `an empty manifest and an empty lock are files, too`() throws {
    #expect(String(decoding: ProjectManifest().encoded, as: UTF8.self) == "{\n  \"format\": 1,\n  \"skills\": {}\n}\n")
    #expect(try ProjectManifest(reading: ProjectManifest().encoded) == ProjectManifest())
    #expect(try Lockfile(reading: Lockfile().encoded) == Lockfile())
  }

  @Test func `what is written is read as the same, in whatever order its keys stand`() throws {
    var random = RandomLocks(generator: SplitMix64(seed: 2_026))
    for _ in 0..<150 {
      let manifest = random.manifest()
      #expect(try ProjectManifest(reading: manifest.encoded) == manifest)
      let otherManifest = try Shuffled.text(of: manifest.encoded, using: &random.generator)
      #expect(try ProjectManifest(reading: Array(otherManifest.utf8)).encoded == manifest.encoded)
      let lock = random.lock()
      #expect(try Lockfile(reading: lock.encoded) == lock)
      let otherLock = try Shuffled.text(of: lock.encoded, using: &random.generator)
      #expect(try Lockfile(reading: Array(otherLock.utf8)).encoded == lock.encoded)
    }
  }

  @Test func `what Foundation reads in a lock is what was written`() throws {
    var random = RandomLocks(generator: SplitMix64(seed: 7))
    for _ in 0..<20 {
      let lock = random.lock()
      let object = try #require(try JSONSerialization.jsonObject(with: Data(lock.encoded)) as? [String: Any])
      let skills = try #require(object["skills"] as? [[String: Any]])
      #expect(skills.map { $0["folder"] as? String } == lock.skills.map(\.folder.rawValue))
      #expect(skills.map { $0["source"] as? String } == lock.skills.map { $0.source?.description })
    }
  }

  @Test func `any range, the own folder and the version that nobody can read leave no trace`() throws {
    let text = #"{"format":1,"skills":{"a/b":{"range":"","folder":"b"},"a/c":""}}"#
    let manifest = try ProjectManifest(reading: Array(text.utf8))
    #expect(manifest.skills == [Locks.name("a/b"): .init(), Locks.name("a/c"): .init()])
    let lock = Lockfile([Locks.source("path:./x", as: "x", version: "1\u{1B}[2J")])
    #expect(try Lockfile(reading: lock.encoded).skills[0].version == nil)
  }

  @Test func `a byte order mark is read and never written`() throws {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    #expect(try ProjectManifest(reading: mark + ProjectManifest().encoded) == ProjectManifest())
    let lock = Lockfile([Locks.source("path:./x", as: "x")])
    let read = try Lockfile(reading: mark + lock.encoded)
    #expect(read == lock && read.encoded == lock.encoded)
  }
}
