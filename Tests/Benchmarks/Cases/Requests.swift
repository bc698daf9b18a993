/// Responses a second to readers, beside nginx and a bare route of the framework that serve the same bytes.
struct Requests {
  let bench: Bench
  private let skill = "served"
  private let versions = 10
  private let workers = [1, 2]

  init(bench: Bench) {
    self.bench = bench
  }

  func run() throws -> Report {
    guard let wrk = bench.tools.wrk, let nginx = bench.tools.nginx else {
      return Report(notes: ["Requests a second were not measured: wrk and nginx have to be installed."])
    }
    let load = Wrk(program: wrk, seconds: bench.effort.seconds, scratch: bench.scratch)
    let registry = try Registry.start("serve-data", bench.programs, in: bench.scratch)
    for number in 0..<versions { try registry.publish(try .dense(skill, version: "1.0.\(number)")) }
    let index = try page("index.json", registry.port, Registry.indexPath(of: skill))
    let archive = try page(
      "archive.tar.gz", registry.port, Registry.archivePath(of: skill, version: "1.0.0"),
      headers: ["Accept: application/gzip"])
    let pages = [index.page, archive.page]
    let one = try Nginx.start(nginx, workers: workers[0], pages, in: bench.scratch)
    let two = try Nginx.start(nginx, workers: workers[1], pages, in: bench.scratch)
    let field = Field(load: load, rounds: bench.effort.rounds, ours: registry.port, theirs: [one.port, two.port])
    let bare = try BareRoute.start(index.page.answer)
    let rows =
      try bareRow(field, index, bare)
      + rows("index 304 beside a static file server", field, index, expecting: 304, aim: .atLeastTimes(0.5))
      + rows("index 200", field, index, expecting: 200, aim: nil)
      + rows("20 KB archive", field, archive, expecting: 200, aim: .atLeastTimes(0.5))
    return Report(
      rows: rows,
      notes: [note(index, archive)])
  }

  private func note(_ index: Target, _ archive: Target) -> String {
    "Requests: the index lists \(versions) versions in \(index.page.answer.body.count) bytes, the archive has "
      + "\(archive.page.answer.body.count); wrk -t1 -c32 -d\(bench.effort.seconds)s on the same cores as the servers; "
      + "nginx with Debian's settings but without its access log, as ours logs errors alone."
  }

  private func rows(
    _ name: String, _ field: Field, _ target: Target, expecting status: Int, aim: Aim?
  ) throws -> [Row] {
    let others = field.theirs.map { (port: $0, path: "/" + target.page.name) }
    let samples = try field.measure(target, expecting: status, beside: others)
    return zip(workers, samples.dropFirst()).map { workers, sample in
      let reference = Row.Reference(name: "nginx, \(workers) worker\(workers == 1 ? "" : "s")", sample: sample)
      return Row(name, .perSecond, samples[0], beside: reference, aim: aim)
    }
  }

  /// Both in turn and with the same load: what is our own in a response beside what the framework needs for it.
  private func bareRow(_ field: Field, _ target: Target, _ bare: BareRoute) throws -> [Row] {
    let headers = ["If-None-Match: \(target.page.answer["etag"] ?? "")"]
    let heads = try [field.ours, bare.port].map { port in
      try Field.ask(port, target.path, headers).headers.map { $0.name.lowercased() }.sorted()
    }
    guard heads[0] == heads[1] else { throw Failure("the bare route has other headers: \(heads)") }
    let samples = try field.measure(target, expecting: 304, beside: [(port: bare.port, path: target.path)])
    let reference = Row.Reference(name: "a bare Hummingbird route", sample: samples[1])
    let name = "index 304 beside the framework alone"
    return [Row(name, .perSecond, samples[0], beside: reference, aim: .atLeastTimes(0.95))]
  }

  private func page(_ name: String, _ port: UInt16, _ path: String, headers: [String] = []) throws -> Target {
    let answer = try Field.ask(port, path, headers)
    guard answer.status == 200 else { throw Failure("\(path) answered \(answer.status)") }
    return Target(path: path, headers: headers, page: Nginx.Page(name: name, answer: answer))
  }
}

extension Requests {
  /// One resource on both servers.
  struct Target {
    /// On ours; on nginx it is the name of the page.
    var path: String
    var headers: [String]
    var page: Nginx.Page
  }

  /// The servers that are compared.
  struct Field {
    var load: Wrk
    var rounds: Int
    var ours: UInt16
    var theirs: [UInt16]

    /// Requests a second: ours, then the others in their order.
    ///
    /// - Parameters:
    ///   - status: 304 asks with the tag that the server itself gives out; 200 without.
    ///   - others: Ports and paths at which the same bytes are served.
    func measure(
      _ target: Target, expecting status: Int, beside others: [(port: UInt16, path: String)]
    ) throws -> [Sample] {
      var places = [(port: ours, path: target.path)]
      places += others
      let sides = try places.map { port, path in
        let headers = try prepared(port, path, target, expecting: status)
        return { try load.requestsPerSecond(port: port, path, headers: headers) }
      }
      return try interleaved(rounds, sides)
    }

    /// The headers to ask with, after one request that has shown that the answer is the expected one.
    private func prepared(
      _ port: UInt16, _ path: String, _ target: Target, expecting status: Int
    ) throws -> [String] {
      let first = try Self.ask(port, path, target.headers)
      guard first.body == target.page.answer.body, let tag = first["etag"] else {
        throw Failure("\(path) on port \(port) does not serve the same bytes")
      }
      let headers = status == 304 ? target.headers + ["If-None-Match: \(tag)"] : target.headers
      let answer = try Self.ask(port, path, headers)
      guard answer.status == status else { throw Failure("\(path) on port \(port) answered \(answer.status)") }
      return headers
    }

    static func ask(_ port: UInt16, _ path: String, _ headers: [String]) throws -> HTTPAnswer {
      var connection = try HTTPConnection.open(port: port)
      return try connection.answer(to: HTTPMessages.get(path, headers: headers))
    }
  }
}
