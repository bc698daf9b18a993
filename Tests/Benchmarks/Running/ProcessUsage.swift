import Foundation

/// What a running program has used so far, as Linux tells it (proc(5)).
struct ProcessUsage: Sendable {
  /// MiB of it that are in memory now.
  var residentMemory: Double
  /// Of all its threads, and none of its children.
  var processorTime: Duration

  static let isKnown = FileManager.default.fileExists(atPath: "/proc/self/stat")

  init(of id: pid_t) throws {
    let (status, memory) = (try Self.text(id, "stat"), try Self.text(id, "statm"))
    // Behind the name, which may hold anything; from the third field on.
    let fields = status[(status.lastIndex(of: ")") ?? status.startIndex)...].dropFirst().split(separator: " ")
    guard fields.count > 12, let user = Int(fields[11]), let kernel = Int(fields[12]),
      let pages = memory.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
    else { throw Failure("cannot tell what process \(id) has used") }
    let ticks = sysconf(Int32(_SC_CLK_TCK))
    processorTime = .seconds(Double(user + kernel) / Double(ticks))
    residentMemory = Double(pages * sysconf(Int32(_SC_PAGESIZE))) / Double(1 << 20)
  }

  private static func text(_ id: pid_t, _ name: String) throws -> String {
    try String(contentsOfFile: "/proc/\(id)/\(name)", encoding: .utf8)
  }
}
