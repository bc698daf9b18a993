/// Load from wrk: one thread, 32 connections, each with a request under way all the time.
struct Wrk: Sendable {
  let program: String
  let seconds: Int
  let scratch: Scratch

  /// Requests a second.
  ///
  /// - Throws: `Failure` when any request failed, so that no error counts as a fast answer.
  func requestsPerSecond(port: UInt16, _ path: String, headers: [String] = []) throws -> Double {
    let options = ["-t1", "-c32", "-d\(seconds)s"] + headers.flatMap { ["-H", $0] }
    let text = try scratch.output(of: Command(program, options + ["http://127.0.0.1:\(port)\(path)"]))
    let lines = text.split(separator: "\n").map { $0.split(separator: " ") }
    if text.contains("Non-2xx") || text.contains("Socket errors") { throw Failure("wrk saw errors:\n\(text)") }
    guard let line = lines.first(where: { $0.first == "Requests/sec:" }), let rate = line.last.flatMap({ Double($0) })
    else { throw Failure("wrk did not report a rate:\n\(text)") }
    return rate
  }
}
