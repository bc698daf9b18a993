import Foundation

/// How much memory a program takes at most.
///
/// A process inherits the highest mark of the one that starts it, so a program is started by a small one: this program
/// once more, which then does nothing but wait. Below its own size, about 15 MiB, it sees nothing.
enum PeakMemory {
  static let option = "--peak-memory"

  /// Runs the program that `arguments` names, prints bytes, and returns the status to exit with.
  static func launch(_ arguments: [String]) throws -> Int32 {
    guard let program = arguments.first else { throw Failure("\(option) takes a program and its arguments") }
    var command = Command(program, Array(arguments.dropFirst()))
    command.environment = ProcessInfo.processInfo.environment
    command.errors = .inherited
    let ending = try Child.start(command).wait()
    print(ending.peakMemory)
    return ending.status
  }

  /// MiB that `command` takes.
  static func measure(_ command: Command, in scratch: Scratch) throws -> Double {
    guard let launcher = Bundle.main.executablePath else { throw Failure("this program does not know its own path") }
    let text = try scratch.output(
      of: Command(launcher, [option, command.program] + command.arguments, environment: command.environment))
    guard let bytes = Int(text.trimmingCharacters(in: .whitespacesAndNewlines)) else {
      throw Failure("cannot tell the memory of \(command.program)")
    }
    return Double(bytes) / Double(1 << 20)
  }
}
