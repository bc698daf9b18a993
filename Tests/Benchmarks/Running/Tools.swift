import Foundation

/// The programs that we measure beside, and those that help.
struct Tools: Sendable {
  let shell: String
  let curl: String
  let tar: String
  let gzip: String
  let xargs: String
  let df: String
  /// Nil where it is not installed; what needs it is not measured then.
  let wrk: String?
  let nginx: String?
  let nats: String?
  let strip: String?

  init() throws(Failure) {
    shell = try Self.find("sh")
    curl = try Self.find("curl")
    tar = try Self.find("tar")
    gzip = try Self.find("gzip")
    xargs = try Self.find("xargs")
    df = try Self.find("df")
    wrk = Self.path(of: "wrk")
    nginx = Self.path(of: "nginx")
    nats = Self.path(of: "nats-server")
    strip = Self.path(of: "strip")
  }

  private static func find(_ name: String) throws(Failure) -> String {
    guard let path = path(of: name) else { throw Failure("\(name) is not installed") }
    return path
  }

  /// On the search path, or among the programs of administrators.
  private static func path(of name: String) -> String? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
    return (folders + ["/usr/sbin", "/usr/local/sbin", "/sbin"]).map { "\($0)/\(name)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }
}
