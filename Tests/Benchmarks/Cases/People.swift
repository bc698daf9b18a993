import Foundation
import RegistryStore
import Skills

/// What people cost a registry with many skills: pages, devices that wait, sign-ins beside downloads, and memory.
struct People {
  let bench: Bench
  private let data = "people-data"
  /// As many as one transaction takes.
  private let publishers = 256
  /// Pages of skills that are looked at again and again.
  private let visited = 200
  /// From one of those skills to the next.
  private var step: Int { max(bench.effort.skills / visited, 1) }

  /// Parts of names that nobody mistakes for one another.
  private static let syllables: [String] = "kmpt".flatMap { first in "aeou".map { "\(first)\($0)" } }
  private static let password = "correct-horse-battery"

  init(bench: Bench) {
    self.bench = bench
  }

  func run() throws -> Report {
    guard ProcessUsage.isKnown else {
      return Report(notes: ["People were not measured: only Linux tells what a running program uses."])
    }
    let registry = try Registry.start(data, bench.programs, in: bench.scratch)
    let atRest = try registry.usage().residentMemory
    let port = registry.port
    let filling = try ContinuousClock().measure { try fill(port) }
    try registry.publish(try .small("served"))
    let people = try pages(port) + [devices(registry), signIns(port)]
    let count = bench.effort.skills
    let memory = [
      Row("memory of the server at rest", .mebibytes, Sample([atRest]), aim: .atMost(60)),
      Row(
        "memory of the server with \(count) skills, after all of it", .mebibytes,
        Sample([try registry.usage().residentMemory]), aim: .atMost(250)),
    ]
    return Report(
      rows: people + memory,
      notes: [
        "People: \(count) skills of \(Self.syllables.count) authors, added in \(Int(filling.seconds)) s; each request "
          + "is timed from when it was due; pages are rendered before, \(visited) of skills in turn; devices that wait "
          + "ask as often as they are told to."
      ])
  }

  private static func author(of skill: Int) -> String { "team-" + syllables[skill % syllables.count] }
  private static func name(of skill: Int) -> String { "skill-\(skill)" }

  private func fill(_ port: UInt16) throws {
    let tokens = try Self.syllables.map { try token("team-" + $0) }
    try enter((0..<bench.effort.skills).filter { !$0.isMultiple(of: step) }, tokens)
    var connection = try HTTPConnection.open(port: port, patience: 60)
    for skill in stride(from: 0, to: bench.effort.skills, by: step) {
      try Interruption.check()
      let sample = try SampleSkill.tiny(Self.name(of: skill), version: "1.0.0", seed: UInt64(skill + 1))
      let token = tokens[skill % tokens.count]
      let status = try connection.status(of: HTTPMessages.publish(sample.packed().bytes, token: token))
      guard status == 201 else { throw Failure("publishing got \(status)") }
    }
  }

  /// Adds skills to the catalog beside the server, without archives: nobody looks at more than their entries.
  private func enter(_ skills: [Int], _ tokens: [String]) throws {
    let (folder, publishers) = (bench.scratch[data], publishers)
    try blocking {
      let (store, now) = (try RegistryStore(folder: folder), Date())
      var known: [Accounts.Identity] = []
      for token in tokens {
        guard let presented = AccessToken(presented: token),
          let identity = try await store.accounts.identity(presenting: presented, at: now)
        else { throw Failure("a new token is unknown") }
        known.append(identity)
      }
      let identities = known
      try await withThrowingTaskGroup(of: Void.self) { group in
        for publisher in 0..<publishers {
          group.addTask {
            for index in stride(from: publisher, to: skills.count, by: publishers) {
              try Interruption.check()
              let (new, owner) = (try Self.version(of: skills[index]), identities[skills[index] % identities.count])
              _ = try await store.catalog.publish(new, by: owner, at: now)
            }
          }
        }
        try await group.waitForAll()
      }
      try store.close()
    }
  }

  private static func version(of skill: Int) throws -> NewVersion {
    let slug = name(of: skill)
    let digest = Digest(of: Array(slug.utf8))
    let entry = FileManifest.Entry(path: .skillMarkdown, size: 1, digest: digest, isExecutable: false)
    return NewVersion(
      name: try SkillName(parsing: "\(author(of: skill))/\(slug)"), version: try SemanticVersion(parsing: "1.0.0"),
      isPrivate: nil, description: "Helps with \(slug). Use it when somebody asks for a sample of what skills hold.",
      dependencies: [], archiveDigest: digest, archiveSize: 1, manifest: FileManifest([entry]))
  }

  private func token(_ author: String) throws -> String {
    _ = try administer(["author", "create", author])
    return try administer(["token", "create", "--author", author])
  }

  private func administer(_ arguments: [String]) throws -> String {
    let folder = bench.scratch[data].string
    let output = try bench.scratch.output(of: Command(bench.programs.registry, arguments + ["--data", folder]))
    return output.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}

// MARK: - Pages

extension People {
  private func pages(_ port: UInt16) throws -> [Row] {
    let skills = stride(from: 0, to: bench.effort.skills, by: step).map { skill in
      "/authors/\(Self.author(of: skill))/skills/\(Self.name(of: skill))"
    }
    return try [
      page("of a skill", skills, port), page("of an author", Self.syllables.map { "/authors/team-" + $0 }, port),
      page("with the newest skills", ["/"], port), page("for signing in", ["/login"], port),
    ]
  }

  private func page(_ name: String, _ paths: [String], _ port: UInt16) throws -> Row {
    let requests = paths.map { HTTPMessages.get($0) }
    var connection = try HTTPConnection.open(port: port)
    for request in requests {
      try Interruption.check()
      let status = try connection.status(of: request)
      guard status == 200 else { throw Failure("a page \(name) got \(status)") }
    }
    let pace = Pace(connections: 8, rate: 200, seconds: bench.effort.seconds * 2)
    let waits = try pace.waits(port, requests) { $0.status == 200 }
    return Row(
      "p99 of a page \(name), 200/s over 8 connections", .milliseconds, Sample([waits.quantile(0.99)]),
      aim: .atMost(10))
  }
}

// MARK: - Signing in

extension People {
  /// Those that begin before many wait are told to slow down one after the other: measured when all have been.
  private func devices(_ registry: borrowing Registry) throws -> Row {
    let (port, count) = (registry.port, bench.effort.devices)
    var connection = try HTTPConnection.open(port: port)
    var devices = try WaitingDevices(count, over: &connection)
    var slowed = 0
    repeat {
      slowed = try devices.ask(seconds: devices.longestInterval, over: &connection, port: port)
    } while slowed > 0
    let seconds = max(devices.longestInterval, bench.effort.seconds * 5)
    let before = try registry.usage().processorTime
    let start = ContinuousClock.now
    _ = try devices.ask(seconds: seconds, over: &connection, port: port)
    let share = (try registry.usage().processorTime - before) / (ContinuousClock.now - start)
    return Row(
      "server with \(count) devices that wait, of one core", .percent, Sample([share * 100]), aim: .atMost(5))
  }

  private func signIns(_ port: UInt16) throws -> Row {
    let people = Self.syllables.map { "person-" + $0 }
    for person in people { try signUp(person, port) }
    let forms = people.map { HTTPMessages.form("/login", ["handle": $0, "password": Self.password]) }
    let download = HTTPMessages.get(Registry.archivePath(of: "served"), headers: ["Accept: application/gzip"])
    let pace = Pace(connections: 4, rate: 200, seconds: bench.effort.seconds * 2)
    let waits = try interleaved(
      bench.effort.rounds,
      [
        {
          let waits = try pace.waits(port, [download], expecting: { $0.status == 200 }, beside: forms.count) {
            person, proceed in
            var connection = try HTTPConnection.open(port: port, patience: 120)
            repeat {
              let status = try connection.status(of: forms[person])
              guard status == 303 else { throw Failure("signing in got \(status)") }
            } while proceed()
          }
          return waits.quantile(0.99)
        },
        { try pace.waits(port, [download], expecting: { $0.status == 200 }).quantile(0.99) },
      ])
    return Row(
      "p99 of a 20 KB archive while \(people.count) people sign in at once", .milliseconds, waits[0],
      beside: .init(name: "while nobody does", sample: waits[1]), aim: .atMostTimes(1.2))
  }

  private func signUp(_ person: String, _ port: UInt16) throws {
    let link = try administer(["account", "invite", "--listen", "127.0.0.1:\(port)"])
    guard let secret = link.split(separator: "/").last else { throw Failure("an invitation has no link") }
    var connection = try HTTPConnection.open(port: port)
    let form = HTTPMessages.form("/link/\(secret)", ["handle": person, "password": Self.password])
    let status = try connection.status(of: form)
    guard status == 303 else { throw Failure("making an account got \(status)") }
  }
}
