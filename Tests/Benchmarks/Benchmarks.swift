import Foundation

/// Measures both programs, beside others that do the same job, and prints one table.
///
/// Usage: `Benchmarks <folder of the programs> [--quick] [<group>…]`. The table goes to stdout, everything else to
/// stderr. An aim that is missed is a row with "no", not a failure. A group that cannot be measured is one: the table
/// says why, and has the others.
@main
enum Benchmarks {
  static func main() {
    do {
      let arguments = Array(CommandLine.arguments.dropFirst())
      if arguments.first == PeakMemory.option { exit(try PeakMemory.launch(Array(arguments.dropFirst()))) }
      if arguments.first == WebSocketEcho.option { return try WebSocketEcho.run(Array(arguments.dropFirst())) }
      if arguments.first == WebSocketEchoServer.option { return try WebSocketEchoServer.run() }
      if arguments.first == Swarm.option { return try Swarm.run(Array(arguments.dropFirst())) }
      if arguments.first == EchoServer.option { return try EchoServer.run(Array(arguments.dropFirst())) }
      Interruption.watch()
      try run(Invocation(arguments))
    } catch {
      say("\(error)")
      exit(1)
    }
  }

  private static func run(_ invocation: Invocation) throws {
    let scratch = try Scratch()
    let bench = Bench(
      programs: try Programs(in: invocation.folder), tools: try Tools(), scratch: scratch,
      effort: invocation.effort)
    let facts = try MachineFacts.lines(bench.tools, scratch)
    var report = Report()
    for group in invocation.groups {
      say("==> \(group.rawValue)")
      try report.add(group.rawValue) { try group.run(in: bench) }
    }
    print((facts + ["", report.markdown]).joined(separator: "\n"))
    if !report.failed.isEmpty { throw Failure("could not be measured: \(report.failed.joined(separator: ", "))") }
  }

  private static func say(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }
}

/// What the command line asks for.
struct Invocation {
  var folder: String
  var effort = Effort.full
  var groups: [BenchmarkGroup] = []

  init(_ arguments: [String]) throws {
    guard let folder = arguments.first else { throw Failure("name the folder of the programs") }
    self.folder = folder
    for word in arguments.dropFirst() {
      if word == "--quick" {
        effort = .quick
      } else if let group = BenchmarkGroup(rawValue: word) {
        groups.append(group)
      } else {
        let names = BenchmarkGroup.allCases.map(\.rawValue).joined(separator: ", ")
        throw Failure("'\(word)' is neither --quick nor one of \(names)")
      }
    }
    if groups.isEmpty { groups = BenchmarkGroup.allCases }
  }
}
