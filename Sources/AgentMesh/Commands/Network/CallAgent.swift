import AgentNetwork
import ArgumentParser
import FileSystem
import FoundationSubset
import RegistryAPI
import RegistryClient
import Skills
import SystemPackage

/// `call`: give an agent a task.
struct CallAgent: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "call", abstract: "Give an agent a task, and wait for the result.",
    discussion: """
      The result goes to stdout. With --stream it comes as it is written, and what the agent thinks and which tools it \
      uses goes to stderr; with --json each event is a line then, the last one an error when it fails.

        agent-mesh call acme/reviewer --task "Review this." --input-file change.diff
        agent-mesh call acme/reviewer --task "Review this." --stream

      A connection that is lost does no harm: the task goes on, and the answer is read on from where it was.
      """)

  /// Bytes of a task.
  private static let limit = 5 << 20

  @OptionGroup var agent: AgentArgument

  @Option(help: "What it has to do.")
  var task: String

  @Option(help: "A file whose text goes with the task.", completion: .file())
  var inputFile: String?

  @Option(help: "Also write the text of the answer into this file.", completion: .file())
  var outputFile: String?

  @Flag(help: "Show the answer as it comes.")
  var stream = false

  @Option(help: "Rate the call afterwards, with 1 to 5.")
  var rate: Int?

  @OptionGroup var timeout: TimeoutOption
  @OptionGroup var registry: RegistryOption
  @OptionGroup var output: OutputOptions

  static let speaksJSONIntoPipes = false

  func validate() throws {
    if task.isEmpty { throw ValidationError("--task is empty") }
    if let rate, !RateCall.ratings.contains(rate) { throw ValidationError("--rate is a number from 1 to 5") }
  }

  func run(in mesh: Mesh) async throws -> WrittenReport {
    let deadline = timeout.deadline
    if stream { return try await mesh.sayingFailureAsEvent { try await streaming(mesh, until: deadline) } }
    let (registry, client, call) = try await begin(mesh)
    do {
      try await waiting(for: call, of: client, mesh, until: deadline)
    } catch let error where mesh.printsJSON && !(error is ExitCode) {
      throw try printing(error, of: call, mesh)
    }
    await sendRating(of: call, to: registry, mesh)
    return WrittenReport()
  }

  /// Says what a call has failed with, as JSON and to people.
  ///
  /// - Parameter answer: What it has come to all the same.
  /// - Returns: What to exit with.
  private func printing(
    _ error: any Error, of call: AgentTask, with answer: FinishedCall? = nil, _ mesh: Mesh
  ) throws -> ExitCode {
    let failure = MeshError(error, else: .unknown)
    try mesh.print(line: FailedCall(FailureReport(failure), of: call, with: answer))
    mesh.tell(failure)
    return ExitCode(mesh.interruption.exitStatus ?? failure.code.exitStatus.rawValue)
  }

  /// Hands the task in.
  private func begin(_ mesh: Mesh) async throws -> (RegistryClient, AgentClient, AgentTask) {
    let text = try text()
    try checkOutputFile()
    let registry = try mesh.loggedInRegistry(registry)
    let client = AgentClient(client: registry)
    let id = try await mesh.agentID(agent.agent, at: registry)
    let call = try await client.call(id, text, as: mesh.environment["AGENT_BRIDGE_AGENT_ID"])
    return (registry, client, call)
  }

  private func streaming(_ mesh: Mesh, until deadline: AgentClient.Deadline) async throws -> WrittenReport {
    let (registry, client, call) = try await begin(mesh)
    let display = AnswerDisplay(mesh)
    try await mesh.show(call, of: client, until: deadline, on: display)
    try save(display.text)
    await sendRating(of: call, to: registry, mesh)
    return WrittenReport()
  }

  private func waiting(
    for call: AgentTask, of client: AgentClient, _ mesh: Mesh, until deadline: AgentClient.Deadline
  ) async throws {
    mesh.progress.announce("waiting for the result of the call \(call.callId)")
    let status = try await client.result(of: call, until: deadline) { failure in
      if let failure { mesh.progress.show("asking again: \(failure)") }
    }
    mesh.progress.clear()
    let result = status.result ?? ""
    if mesh.printsJSON {
      let answer = FinishedCall(call, status)
      do {
        try save(result)
      } catch {
        throw try printing(error, of: call, with: answer, mesh)
      }
      return try mesh.print(line: answer)
    }
    let display = AnswerDisplay(mesh)
    try display.show(CallEvent(type: .chunk, delta: result))
    try display.show(CallEvent(type: .done, attachments: status.attachments))
    if let session = call.sessionKey { mesh.talk.info("Conversation: \(session)") }
    if rate == nil { mesh.talk.info("Rate it: \(FinishedCall.hint(for: call))") }
    // What cannot be written was shown at least.
    try save(result)
  }

  private func sendRating(of call: AgentTask, to registry: RegistryClient, _ mesh: Mesh) async {
    guard let rate else { return }
    do {
      try await registry.rate(call.agentId, call: call.callId, rate)
    } catch {
      mesh.talk.warn("the call was not rated: \(error)")
    }
  }

  private func text() throws -> String {
    guard let inputFile else { return task }
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try OpenFile<FileError>.open(FilePath(inputFile)).prefix(Self.limit + 1)
    } catch {
      throw MeshError(.fileError, "cannot read '\(inputFile)': \(error.errno)", hint: "Name a file that you may read.")
    }
    guard task.utf8.count + bytes.count <= Self.limit else {
      throw MeshError(.fileTooLarge, "a task has at most \(Self.limit >> 20) MiB, and '\(inputFile)' is larger")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw MeshError(.validationError, "'\(inputFile)' is not text in UTF-8", hint: "Name a file of text.")
    }
    return "\(task)\n\n---\n\n\(text)"
  }

  /// Refuses a name that cannot be a file, before an agent has worked for it.
  private func checkOutputFile() throws(MeshError) {
    guard let outputFile else { return }
    let folder = FilePath(outputFile).removingLastComponent().string
    guard !outputFile.isEmpty, !Project.isFolder(outputFile), Project.isFolder(folder.isEmpty ? "." : folder) else {
      throw Self.unwritable(outputFile, "no file can have that name")
    }
  }

  /// Writes into what is there, so that a link, a pipe or a device stays one.
  private func save(_ text: String) throws(MeshError) {
    guard let outputFile else { return }
    do {
      try Data(text.utf8).write(to: URL(filePath: outputFile), options: [])
    } catch {
      throw Self.unwritable(outputFile, error.systemReason)
    }
  }

  private static func unwritable(_ file: String, _ reason: String) -> MeshError {
    MeshError(
      .fileError, "cannot write '\(file)': \(reason)",
      hint: "Name a file in a folder that exists and that you may write to.")
  }
}
