import Foundation
import Synchronization

/// What one client notices of others, and what a stranger learns from how long answers take.
struct Fairness {
  let bench: Bench
  private let pairs = 5_000
  private let patient = 250.0
  private let largeFile = 48 << 20

  init(bench: Bench) {
    self.bench = bench
  }

  func run() throws -> Report {
    let registry = try Registry.start("fairness-data", bench.programs, in: bench.scratch)
    try registry.publish(try .small("served"))
    try registry.publish(try .small("hidden"), isPrivate: true)
    try registry.publish(archive: try archive("large", noise: 1_000_000))
    return Report(
      rows: [try secrecy(registry), try besidePublishes(registry), try besideLargeFiles(registry)],
      notes: [
        "Fairness: the healthy client asks for a SKILL.md and an archive of 20 KB in turn; beside it six clients publish "
          + "archives of 3.8 MB, or 50 ask for a file of 48 MB that few have asked for before."
      ])
  }

  /// Medians of a private skill and a missing one, asked for in turn by a stranger.
  private func secrecy(_ registry: borrowing Registry) throws -> Row {
    var connection = try HTTPConnection.open(port: registry.port)
    let requests = ["hidden", "absent"].map { HTTPMessages.get(Registry.indexPath(of: $0)) }
    var times: [[Double]] = [[], []]
    for _ in 0..<pairs {
      for side in [0, 1] {
        times[side].append(
          try milliseconds {
            guard try connection.answer(to: requests[side]).status == 404 else { throw Failure("it is no secret") }
          })
      }
    }
    let samples = times.map(Sample.init).sorted { $0.median < $1.median }
    return Row(
      "private and missing, the slower one", .milliseconds, Sample([samples[1].median]),
      beside: .init(name: "the other", sample: Sample([samples[0].median])), aim: .atMostTimes(1.02))
  }

  private func besidePublishes(_ registry: borrowing Registry) throws -> Row {
    let token = registry.token
    let uploads = try (0..<6).map { client in
      try (0..<4).map { number in
        HTTPMessages.publish(
          try archive("heavy-\(client)", version: "1.0.\(number)", noise: 1_500_000), token: token)
      }
    }
    let port = registry.port
    return try healthy("p99 beside six publishes", registry, heavy: 6) { client, proceed in
      var connection = try HTTPConnection.open(port: port)
      var done = 0
      while done < uploads[client].count, proceed() {
        guard try connection.answer(to: uploads[client][done]).status == 201 else { throw Failure("no publish") }
        done += 1
      }
    }
  }

  private func besideLargeFiles(_ registry: borrowing Registry) throws -> Row {
    let port = registry.port
    let path = "/api/skills/\(Registry.author)/large/versions/1.0.0/files/assets/large.txt"
    return try healthy("p99 beside 50 large files", registry, heavy: 50) { _, proceed in
      while proceed() {
        var connection = try HTTPConnection.open(port: port)
        guard try connection.answer(to: HTTPMessages.get(path)).status == 200 else { throw Failure("no large file") }
      }
    }
  }

  /// Milliseconds of a client that wants little, while `count` others do `work`.
  private func healthy(
    _ name: String, _ registry: borrowing Registry, heavy count: Int,
    _ work: @escaping @Sendable (Int, () -> Bool) throws -> Void
  ) throws -> Row {
    let port = registry.port
    let paths = ["/api/skills/\(Registry.author)/served/raw", Registry.archivePath(of: "served")]
    let times = Mutex<[Double]>([])
    _ = try Crowd(clients: count + 1, seconds: max(bench.effort.seconds * 3, 3)).rate { client, proceed in
      if client < count {
        // A heavy client that is turned away has done its part.
        try? work(client, proceed)
        return 1
      }
      var connection = try HTTPConnection.open(port: port)
      while proceed() {
        for path in paths {
          let time = try milliseconds {
            _ = try connection.answer(to: HTTPMessages.get(path, headers: ["Accept: application/gzip"]))
          }
          times.withLock { $0.append(time) }
        }
      }
      return 1
    }
    let sample = Sample(times.withLock { $0 })
    return Row(name, .milliseconds, Sample([sample.quantile(0.99)]), aim: .atMost(patient))
  }

  /// A skill with a text of 48 MB that compresses well, and noise that does not.
  private func archive(_ name: String, version: String = "1.0.0", noise: Int) throws -> [UInt8] {
    try SampleSkill(name, version: version, repetitive: largeFile, noise: noise).packed().bytes
  }
}
