import FileSystem
import FoundationSubset
import Subprocess
import SystemPackage

/// Any program: it reads one message on stdin, and writes its answer to stdout.
///
/// Each message starts a process of its own, in a session of its own, all of which is ended when the calling task is
/// cancelled or nothing was written for too long. No shell takes part, and the variables are those that the caller
/// gives.
package struct ExecRuntime: RuntimeAdapter {
  /// What the program reads and writes.
  package enum Format: Sendable {
    /// A `RuntimePrompt` as one line of JSON, and events as lines of JSON.
    case events
    /// The text of the message, and text.
    case text
  }

  private enum End: Sendable {
    case ended(RuntimeEvent)
    case idle
    case cancelled
  }

  /// The code of every failure of a program.
  private static let failureCode = "adapter_crash"

  private let program: FilePath
  private let arguments: [String]
  private let format: Format
  private let folder: FilePath
  private let environment: [String: String]
  private let idleLimit: Duration
  private let grace: Duration

  /// - Parameters:
  ///   - command: The program and its arguments. A name without a slash is looked for in `PATH`, another one in `folder`.
  ///   - folder: Where it works; absolute.
  ///   - environment: All variables that it gets.
  ///   - grace: How long processes have between the request to end and being killed.
  /// - Returns: Nil where there is no such program.
  package init?(
    command: [String], format: Format, folder: FilePath, environment: [String: String],
    idleLimit: Duration = .seconds(1_800), grace: Duration = .seconds(5)
  ) {
    guard let name = command.first, let program = Self.program(name, folder, environment) else { return nil }
    self.program = program
    arguments = Array(command.dropFirst())
    self.format = format
    self.folder = folder
    self.environment = environment
    self.idleLimit = idleLimit
    self.grace = grace
  }

  private static func program(_ name: String, _ folder: FilePath, _ environment: [String: String]) -> FilePath? {
    guard name.contains("/") else { return FilePath.program(name, in: environment) }
    let path = folder.pushing(FilePath(name))
    guard let status = FileStatus(at: path), status.kind == .file, status.isExecutable else { return nil }
    return path
  }

  package func run(
    _ prompt: RuntimePrompt, emit: @escaping @Sendable (RuntimeEvent) async -> Void
  ) async throws(CancellationError) {
    let activity = Activity()
    let end = await withTaskGroup(of: End.self) { group in
      group.addTask { .ended(await launch(prompt, activity, emit)) }
      group.addTask { await activity.waitUntilIdle(for: idleLimit) ? .idle : .cancelled }
      let first = await group.next() ?? .cancelled
      group.cancelAll()
      await group.waitForAll()
      return first
    }
    if Task.isCancelled { throw CancellationError() }
    switch end {
    case .ended(let event): await emit(event)
    case .idle: await emit(.failed(code: Self.failureCode, message: "the program wrote nothing for \(idleLimit)"))
    case .cancelled: throw CancellationError()
    }
  }

  /// - Returns: The last event.
  private func launch(
    _ prompt: RuntimePrompt, _ activity: Activity, _ emit: @escaping @Sendable (RuntimeEvent) async -> Void
  ) async -> RuntimeEvent {
    var options = PlatformOptions()
    options.createSession = true
    options.teardownSequence = teardown
    do {
      let input = try bytes(of: prompt)
      let record = try await Subprocess.run(
        .path(program), arguments: Arguments(arguments),
        environment: .custom(environment.reduce(into: [:]) { $0[.init(stringLiteral: $1.key)] = $1.value }),
        workingDirectory: folder, platformOptions: options, input: .inputWriter, output: .sequence, error: .sequence
      ) { execution in
        await ProgramRun(execution: execution, format: format, activity: activity, teardown: teardown)
          .answer(to: input, emit)
      }
      return Self.ending(record.closureResult, record.terminationStatus)
    } catch {
      return .failed(code: Self.failureCode, message: "the program cannot be run: \(error)")
    }
  }

  private var teardown: [TeardownStep] {
    [.send(signal: .terminate, toProcessGroup: true, allowedDurationToNextStep: grace)]
  }

  private func bytes(of prompt: RuntimePrompt) throws -> [UInt8] {
    guard format == .events else { return Array(prompt.content.utf8) }
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(prompt)) + Array("\n".utf8)
  }

  /// A program that says itself why it failed is believed; one that fails after all is not done, whatever it said.
  private static func ending(_ answer: ProgramRun.Answer, _ status: TerminationStatus) -> RuntimeEvent {
    if let fault = answer.fault { return .failed(code: failureCode, message: fault) }
    if case .failed = answer.ending { return answer.ending ?? .done(attachments: []) }
    let reason: String
    switch status {
    case .exited(0): return answer.ending ?? .done(attachments: [])
    case .exited(let code): reason = "the program ended with exit status \(code)"
    case .signaled(let signal): reason = "the program was ended by signal \(signal)"
    }
    return .failed(code: failureCode, message: answer.lastError.map { "\(reason): \($0)" } ?? reason)
  }
}
