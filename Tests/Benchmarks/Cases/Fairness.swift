import Foundation
import Synchronization

/// What one client notices of others, and what a stranger learns from how long answers take.
struct Fairness {
  let bench: Bench
  private let largeFile = 48 << 20

  init(bench: Bench) {
    self.bench = bench
  }

  func run() throws -> Report {
    let registry = try Registry.start("fairness-data", bench.programs, in: bench.scratch)
    try registry.publish(try .small("served"))
    try registry.publish(try .small("hidden"), isPrivate: true)
    try registry.publish(archive: try archive("large", noise: 1_000_000))
    let port = registry.port
    let rows = try [
      secrecy("index", Registry.indexPath, port),
      secrecy("archive", { Registry.archivePath(of: $0) }, port),
      secrecy("info", { "/api/skills/\(Registry.author)/\($0)" }, port),
    ]
    return try Report(rows: rows) + besidePublishes(port, token: registry.token) + besideLargeFiles(port)
  }

  /// A private skill and a missing one, asked for in turn by a stranger over one connection.
  private func secrecy(_ route: String, _ path: (String) -> String, _ port: UInt16) throws -> Row {
    var connection = try HTTPConnection.open(port: port)
    // Names of one length: requests and responses have as many bytes.
    let requests = ["hidden", "absent"].map { HTTPMessages.get(path($0)) }
    let (pairs, uncounted) = (bench.effort.pairs, bench.effort.pairs / 10)
    var times: [[Double]] = [[], []]
    for pair in 0..<uncounted + pairs {
      try Interruption.check()
      // Each comes first as often as second, for that may make a difference by itself.
      for side in pair.isMultiple(of: 2) ? [0, 1] : [1, 0] {
        let time = try milliseconds {
          guard try connection.answer(to: requests[side]).status == 404 else { throw Failure("it is no secret") }
        }
        if pair >= uncounted { times[side].append(time) }
      }
    }
    return Row(
      "\(route) of a private skill for strangers, median of \(pairs)", .milliseconds, Sample(times[0]),
      beside: .init(name: "of a missing one, in turn", sample: Sample(times[1])), aim: .within(2))
  }

  private func besidePublishes(_ port: UInt16, token: String) throws -> Report {
    let archives = try (0..<6).map { client in
      try (0...bench.effort.seconds).map { number in
        try archive("heavy-\(client)", version: "1.0.\(number)", noise: 1_500_000)
      }
    }
    let uploads = archives.map { $0.map { HTTPMessages.publish($0, token: token) } }
    let size = String(format: "%.1f", Double(archives[0][0].count) / 1_000_000)
    return try healthy("six publishes of \(size) MB", port, heavy: 6) { client, proceed in
      var connection = try HTTPConnection.open(port: port, patience: Self.patience)
      for upload in uploads[client] {
        let status = try connection.status(of: upload)
        guard status == 201 else { throw Failure("a heavy publish got \(status)") }
        if !proceed() { break }
      }
    }
  }

  private func besideLargeFiles(_ port: UInt16) throws -> Report {
    let request = HTTPMessages.get(
      "/api/skills/\(Registry.author)/large/versions/1.0.0/files/assets/large.txt")
    return try healthy("50 requests for a file of 48 MiB", port, heavy: 50) { _, proceed in
      var connection = try HTTPConnection.open(port: port, patience: Self.patience)
      repeat {
        let status = try connection.status(of: request)
        guard status == 200 else { throw Failure("a request for a large file got \(status)") }
      } while proceed()
    }
  }

  /// What a client that wants little waits for while `count` others do `work`, each at least once.
  ///
  /// It is measured from when all of them have begun until one has ended. A request that fails ends the case.
  private func healthy(
    _ load: String, _ port: UInt16, heavy count: Int,
    _ work: @escaping @Sendable (Int, () -> Bool) throws -> Void
  ) throws -> Report {
    let heavy = Mutex((begun: 0, ended: 0))
    let waits = Mutex<[Double]>([])
    _ = try Crowd(clients: count + 1, seconds: bench.effort.seconds * 5).rate { client, proceed in
      if client < count {
        heavy.withLock { $0.begun += 1 }
        defer { heavy.withLock { $0.ended += 1 } }
        try work(client, proceed)
      } else {
        while heavy.withLock({ $0.begun }) < count { Thread.sleep(forTimeInterval: 0.001) }
        let measured = try Self.waits(port) { heavy.withLock { $0.ended } == 0 }
        waits.withLock { $0 = measured }
      }
      return 1
    }
    let measured = waits.withLock { $0 }
    guard !measured.isEmpty else { throw Failure("nothing was asked for while others were at work: \(load)") }
    let sample = Sample(measured)
    return Report(
      rows: [
        Row(
          "p99 of \(measured.count) small requests beside \(load)", .milliseconds, Sample([sample.quantile(0.99)]),
          aim: .atMost(250))
      ],
      notes: [
        "Fairness: beside \(load): a SKILL.md and an archive of 20 KB in turn, one due every 25 ms and timed from then: "
          + Unit.milliseconds.text(sample) + "; all heavy clients at work the whole time."
      ])
  }

  /// Milliseconds from when each request was due to its answer: one that is late makes those behind it late, too.
  private static func waits(_ port: UInt16, while isLoaded: () -> Bool) throws -> [Double] {
    let paths = ["/api/skills/\(Registry.author)/served/raw", Registry.archivePath(of: "served")]
    let requests = paths.map { HTTPMessages.get($0, headers: ["Accept: application/gzip"]) }
    var connection = try HTTPConnection.open(port: port, patience: patience)
    var waits: [Double] = []
    let start = ContinuousClock.now
    while isLoaded() {
      let due = start + interval * waits.count
      Thread.sleep(forTimeInterval: max((due - ContinuousClock.now).seconds, 0))
      let status = try connection.status(of: requests[waits.count % requests.count])
      guard status == 200 else { throw Failure("a small request got \(status)") }
      waits.append((ContinuousClock.now - due).milliseconds)
    }
    return waits
  }

  private static let interval = Duration.milliseconds(25)
  /// Seconds: a stall is to be measured, and not to end the measurement.
  private static let patience = 120

  /// A skill with a text of 48 MiB that compresses well, and noise that does not.
  private func archive(_ name: String, version: String = "1.0.0", noise: Int) throws -> [UInt8] {
    try SampleSkill(name, version: version, repetitive: largeFile, noise: noise).packed().bytes
  }
}
