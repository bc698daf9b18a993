import Subprocess

/// A program at work on one message.
struct ProgramRun {
  typealias Running = Execution<CustomWriteInput, SequenceOutput, SequenceOutput>

  struct Answer: Sendable {
    /// Why its output was not understood; the program was ended for it.
    var fault: String?
    /// What the program itself said.
    var ending: RuntimeEvent?
    /// The last line of its stderr.
    var lastError: String?
  }

  private enum Part: Sendable {
    case input
    case output(Answer)
    case error(String?)
  }

  let execution: Running
  let format: ExecRuntime.Format
  let activity: Activity
  let teardown: [TeardownStep]

  func answer(to input: [UInt8], _ emit: @escaping @Sendable (RuntimeEvent) async -> Void) async -> Answer {
    var answer = Answer()
    var lastError: String?
    await withTaskGroup(of: Part.self) { group in
      group.addTask {
        await Self.write(input, to: execution.standardInputWriter)
        return .input
      }
      group.addTask { .error(await Self.lastLine(of: execution.standardError, activity)) }
      group.addTask { .output(await read(emit)) }
      for await part in group {
        switch part {
        case .input: break
        case .output(let output): answer = output
        case .error(let line): lastError = line
        }
      }
    }
    if Task.isCancelled { await end() }
    answer.lastError = lastError
    return answer
  }

  /// Ends all processes of the run: those that outlive the request to end, and the program itself, are killed.
  private func end() async {
    await execution.teardown(using: teardown)
    // The program is not waited for yet, so that nobody else can have the number; a failure says that none is left.
    try? execution.send(signal: .kill, toProcessGroup: true)
  }

  /// A program need not read what it is told.
  private static func write(_ input: [UInt8], to writer: StandardInputWriter) async {
    _ = try? await writer.write(input)
    try? await writer.finish()
  }

  private static func lastLine(of stream: SubprocessOutputSequence, _ activity: Activity) async -> String? {
    var last = LastLine()
    do {
      for try await piece in stream {
        activity.touch()
        last.add(piece.withUnsafeBytes { Array($0) })
      }
    } catch {
      return last.text ?? "its stderr cannot be read: \(error)"
    }
    return last.text
  }

  private func read(_ emit: @escaping @Sendable (RuntimeEvent) async -> Void) async -> Answer {
    var reader = OutputReader(format)
    do {
      for try await piece in execution.standardOutput {
        for event in try reader.events(adding: piece.withUnsafeBytes { Array($0) }) { await emit(event) }
        activity.touch()
      }
      for event in try reader.lastEvents() { await emit(event) }
      return Answer(ending: reader.ending)
    } catch let fault as OutputReader.Fault {
      await end()
      return Answer(fault: fault.reason)
    } catch {
      await end()
      return Answer(fault: "the output of the program cannot be read: \(error)")
    }
  }
}
