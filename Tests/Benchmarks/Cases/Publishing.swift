/// Versions that a registry makes durable in a second, beside what the disk itself does.
struct Publishing {
  let bench: Bench
  private let crowds = [8, 32]
  /// Versions of one skill.
  private let history = 25
  /// Prepared for every second and all clients together; a faster registry runs out and is measured shorter.
  private let rate = 4_000

  init(bench: Bench) {
    self.bench = bench
  }

  func run() throws -> Report {
    let registry = try Registry.start("publish-data", bench.programs, in: bench.scratch)
    var report = Report()
    for clients in crowds {
      var round = 0
      let rates = try interleaved(
        bench.effort.rounds,
        [
          {
            round += 1
            return try publish(registry.port, registry.token, clients: clients, round: round)
          },
          { try sync(clients: clients, round: round) },
        ])
      report.rows.append(
        Row(
          "durable publishes, \(clients) clients", .perSecond, rates[0],
          beside: .init(name: "files written and synced, \(clients) threads", sample: rates[1]),
          aim: .atLeast(clients == 32 ? 2_000 : 500)))
    }
    report.notes.append(
      "Publishing: archives of about \(try skill(0, 0, 0).packed().bytes.count) bytes, \(history) versions a skill, every "
        + "client with skills of its own. Beside it: the same bytes written, synced and renamed, and the folder synced."
    )
    return report
  }

  private func publish(_ port: UInt16, _ token: String, clients: Int, round: Int) throws -> Double {
    let each = rate * bench.effort.seconds / clients
    let requests = try (0..<clients).map { client in
      try (0..<each).map { number in
        HTTPMessages.publish(try skill(round * 1_000 + clients, client, number).packed().bytes, token: token)
      }
    }
    return try Crowd(clients: clients, seconds: bench.effort.seconds).rate { client, proceed in
      var connection = try HTTPConnection.open(port: port)
      var done = 0
      while done < each, proceed() {
        let answer = try connection.answer(to: requests[client][done])
        guard answer.status == 201 else {
          throw Failure("publishing got \(answer.status): \(String(decoding: answer.body, as: UTF8.self))")
        }
        done += 1
      }
      return done
    }
  }

  /// What it writes stays until the end: removing it would keep the disk busy while others are measured.
  private func sync(clients: Int, round: Int) throws -> Double {
    let bytes = try skill(0, 0, 0).packed().bytes
    let folder = try bench.scratch.emptyFolder("synced-\(clients)-\(round)")
    return try Crowd(clients: clients, seconds: bench.effort.seconds).rate { client, proceed in
      let disk = try SyncedFolder(folder)
      var done = 0
      while proceed() {
        try disk.write(bytes, to: "\(client)-\(done)")
        done += 1
      }
      return done
    }
  }

  private func skill(_ round: Int, _ client: Int, _ number: Int) throws -> SampleSkill {
    try .tiny(
      "load-\(round)-\(client)-\(number / history)", version: "1.0.\(number % history)", seed: UInt64(number + 1))
  }
}
