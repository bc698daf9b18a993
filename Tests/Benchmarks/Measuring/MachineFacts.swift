import Foundation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What the figures were measured on.
enum MachineFacts {
  /// Lines of a Markdown list.
  static func lines(_ tools: Tools, _ scratch: Scratch) throws -> [String] {
    let process = ProcessInfo.processInfo
    let facts = [
      "\(process.activeProcessorCount) cores\(processorName.map { " (\($0))" } ?? ""), "
        + "\(process.physicalMemory >> 30) GiB of memory, \(kernel)",
      "load average before the first measurement: \(load)",
      "scratch folder on \(fileSystem(tools, scratch))",
      try [tools.curl, tools.tar, tools.gzip].map { try version($0, scratch) }.joined(separator: ", "),
    ]
    return facts.map { "- " + $0 }
  }

  private static func version(_ program: String, _ scratch: Scratch) throws -> String {
    let line = try scratch.output(of: Command(program, ["--version"])).split(separator: "\n").first ?? ""
    return line.split(separator: " ").prefix(4).joined(separator: " ")
  }

  private static var kernel: String {
    var name = utsname()
    guard uname(&name) == 0 else { return ProcessInfo.processInfo.operatingSystemVersionString }
    return "\(text(name.sysname)) \(text(name.release)) \(text(name.machine))"
  }

  private static func text<Field>(_ field: Field) -> String {
    withUnsafeBytes(of: field) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }

  private static var load: String {
    var averages = [Double](repeating: 0, count: 3)
    let count = getloadavg(&averages, 3)
    return averages.prefix(Int(max(count, 0))).map { String(format: "%.2f", $0) }.joined(separator: ", ")
  }

  private static var processorName: String? {
    guard let text = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8) else { return nil }
    let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
    return line?.split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) }
  }

  private static func fileSystem(_ tools: Tools, _ scratch: Scratch) -> String {
    let command = Command(tools.df, ["-P", "-T", scratch.path.string])
    guard let lines = try? scratch.output(of: command).split(separator: "\n"), let last = lines.last else {
      return "a file system of unknown kind"
    }
    let words = last.split(separator: " ")
    return words.count > 1 ? "\(words[1]) (\(words[0]))" : String(last)
  }
}
