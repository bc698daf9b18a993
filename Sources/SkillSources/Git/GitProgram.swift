import FileSystem
import Skills
import Subprocess
import SystemPackage

/// The system's git, told to do nothing but move objects.
///
/// No terminal, no configuration of the user or the machine, no hooks, filters, helpers, submodules or background work,
/// and no protocol but the one of the source. ssh asks nothing and, so that nothing outside the scratch folder is
/// written, adds no host to the known ones (`BatchMode`, `StrictHostKeyChecking=yes`): a host must have been accepted
/// by hand once. The system bounds its memory and the files that it writes: a shell sets these limits, becomes git, and
/// reads nothing of what it passes on. git runs in a session of its own, all of which is ended when the calling task is
/// cancelled or the time is over.
struct GitProgram: Sendable {
  struct Outcome: Sendable {
    var isSuccess: Bool
    var output: [UInt8]
    /// What git said, for messages.
    var errorText: String

    /// Whether a server has ids of another length; only its text tells that, which `LC_ALL` keeps in English.
    var isOfOtherFormat: Bool {
      ["mismatched algorithms", "repository's object format"].contains(where: errorText.contains)
    }

    /// Whether the repository answered, and has nothing of that name.
    var lacksReference: Bool {
      ["couldn't find remote ref", "not our ref"].contains(where: errorText.contains)
    }
  }

  private enum End: Sendable {
    case finished(Outcome)
    case failed(MeshError)
    case outOfTime
    case cancelled
  }

  private static let errorTextBytes = 64 << 10
  /// 2 GiB of address space (in units of 1 KiB) and 512 MiB for each file (in units of 512 bytes), where a system knows
  /// such limits.
  private static let limits = "ulimit -v 2097152; ulimit -f 1048576; exec \"$@\""
  private static let shell = FilePath("/bin/sh")

  private let executable: FilePath
  private let variables: [String: String]
  private let settings: [String]
  private var deadline: ContinuousClock.Instant
  private let budget: Duration

  /// - Parameters:
  ///   - environment: Of the process; only what `GitEnvironment` names is handed on.
  ///   - protocols: The ones that git may speak.
  ///   - budget: For everything that is run before it is renewed, together.
  ///   - home: What git takes for the home of the user.
  /// - Throws: `configuration_error` when there is no git on the path.
  init(
    environment: [String: String], protocols: [String], budget: Duration, home: FilePath
  ) throws(MeshError) {
    guard let found = FilePath.program("git", in: environment) else {
      throw MeshError(
        .configurationError, "git is not installed, and the source is a git repository",
        hint: "Install git, or name an archive of the repository (https://…/archive.tar.gz) instead.")
    }
    executable = found
    variables = GitEnvironment.variables(from: environment, home: home)
    settings = GitEnvironment.settings(protocols: protocols)
    deadline = .now + budget
    self.budget = budget
  }

  /// The same with all its time ahead.
  func renewed() -> GitProgram {
    var program = self
    program.deadline = .now + budget
    return program
  }

  /// Runs one command of git.
  ///
  /// - Parameter limit: Bytes of output; more is `payload_too_large`.
  func run(_ arguments: [String], input: [UInt8] = [], limit: Int = 64 << 10) async throws(MeshError) -> Outcome {
    let end = await withTaskGroup(of: End.self) { group in
      group.addTask { await launch(settings + arguments, input: input, limit: limit) }
      group.addTask {
        do { try await Task.sleep(until: deadline) } catch { return .cancelled }
        return .outOfTime
      }
      let first = await group.next() ?? .cancelled
      group.cancelAll()
      return first
    }
    switch end {
    case .finished(let outcome) where !Task.isCancelled: return outcome
    case .failed(let error) where !Task.isCancelled: throw error
    case .outOfTime: throw MeshError(.timeout, "git did not finish within \(budget)", hint: "Try again later.")
    case .finished, .failed, .cancelled: throw MeshError(.cancelled, "git was stopped")
    }
  }

  private func launch(_ arguments: [String], input: [UInt8], limit: Int) async -> End {
    var options = PlatformOptions()
    options.createSession = true
    options.teardownSequence = [
      // Over before our own process has to end.
      .send(signal: .terminate, toProcessGroup: true, allowedDurationToNextStep: .milliseconds(500))
    ]
    do {
      let record = try await Subprocess.run(
        .path(Self.shell), arguments: Arguments(["-c", Self.limits, "sh", executable.string] + arguments),
        environment: .custom(variables.reduce(into: [:]) { $0[.init(stringLiteral: $1.key)] = $1.value }),
        platformOptions: options, input: .array(input), output: .bytes(limit: limit),
        error: .string(limit: Self.errorTextBytes))
      return .finished(
        Outcome(
          isSuccess: record.terminationStatus.isSuccess, output: record.standardOutput,
          errorText: Self.shortened(record.standardError)))
    } catch let error as SubprocessError where error.code == .outputLimitExceeded {
      return .failed(MeshError(.payloadTooLarge, "git delivers more than is allowed"))
    } catch {
      return .failed(MeshError(.internalError, "git cannot be run: \(error)"))
    }
  }

  /// What git itself says, with the words of ssh or of a server before it: those are the reason.
  private static func shortened(_ text: String) -> String {
    let lines = text.split(whereSeparator: \.isNewline).filter { !$0.contains("ulimit: ") }
    let isTelling = { (line: Substring) in ["fatal:", "error:", "remote:"].contains(where: line.hasPrefix) }
    guard let first = lines.firstIndex(where: isTelling) else { return lines.suffix(3).joined(separator: "; ") }
    return (lines[..<first].suffix(3) + lines[first...].filter(isTelling).prefix(3)).joined(separator: "; ")
  }
}
