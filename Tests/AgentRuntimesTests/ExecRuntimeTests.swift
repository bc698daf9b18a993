import AgentRuntimes
import Foundation
import Synchronization
import SystemPackage
import TestSupport
import Testing

/// Real programs of the shell.
@Suite struct ExecRuntimeTests {
  private let folder: TemporaryFolder

  init() throws {
    // As the program has it: whoever does not read the prompt ends nobody but itself.
    signal(SIGPIPE, SIG_IGN)
    folder = try TemporaryFolder()
  }

  private static let path = ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"]

  private static let prompt = RuntimePrompt(
    messageId: "m", contextId: "c", taskId: "t", sessionId: "s", content: "-n hello",
    caller: RuntimePrompt.Caller(account: "acme", isOwner: true))

  private func runtime(
    _ script: String, _ format: ExecRuntime.Format = .events, environment: [String: String] = Self.path,
    idleLimit: Duration = .seconds(600), grace: Duration = .seconds(60)
  ) throws -> ExecRuntime {
    try folder.write("program", "#!/bin/sh\n\(script)\n", mode: 0o755)
    return try #require(
      ExecRuntime(
        command: ["./program"], format: format, folder: folder.path, environment: environment, idleLimit: idleLimit,
        grace: grace))
  }

  private func events(of runtime: ExecRuntime) async throws -> [RuntimeEvent] {
    let received = Received()
    try await runtime.run(Self.prompt) { received.add($0) }
    return received.events
  }

  @Test(arguments: [
    (#"{"type":"text","delta":"Hi"}"#, RuntimeEvent.text("Hi")),
    (#"{"delta":"hm","type":"thinking"}"#, .thinking("hm")),
    (#"{"type":"tool_start","id":"1","name":"read"}"#, .toolStart(id: "1", name: "read")),
    (#"{"type":"tool_input","id":"1","delta":"{}"}"#, .toolInput(id: "1", "{}")),
    (#"{"type":"tool_result","id":"1","text":"no","is_error":true}"#, .toolResult(id: "1", "no", isError: true)),
    (#"{"type":"status","message":"busy"}"#, .status("busy")),
    (#"{"type":"artifact","parts":[]}"#, .artifact(#"{"type":"artifact","parts":[]}"#)),
    (#"{"type":"message","parts":[]}"#, .message(#"{"type":"message","parts":[]}"#)),
    (#"{"type":"input_required","message":"Which?"}"#, .inputRequired("Which?")),
    (#"{"type":"usage","tokens":3}"#, .usage(#"{"type":"usage","tokens":3}"#)),
    // Those handed on as they are may have any fields.
    (#"{"type":"message","message":{"role":"a"}}"#, .message(#"{"type":"message","message":{"role":"a"}}"#)),
    (#"{"type":"artifact","id":7,"text":[]}"#, .artifact(#"{"type":"artifact","id":7,"text":[]}"#)),
  ])
  func `each event of a program is one of its answer`(line: String, event: RuntimeEvent) async throws {
    let runtime = try runtime("echo '\(line)'; echo '{\"type\":\"unheard\"}'; echo a remark")
    #expect(try await events(of: runtime) == [event, .done(attachments: [])])
  }

  @Test(arguments: [
    #"{"type":"assistant","message":{"role":"assistant"}}"#, #"{"type":"log","text":1,"id":2}"#, #"{"type":7}"#,
    #"{"level":"info"}"#, "[1]", "7",
  ])
  func `an object of another type says nothing, whatever fields it has`(line: String) async throws {
    let runtime = try runtime(#"echo '\#(line)'; echo '{"type":"text","delta":"Hi"}'"#)
    #expect(try await events(of: runtime) == [.text("Hi"), .done(attachments: [])])
  }

  @Test func `what a program says of its end counts, and nothing behind it`() async throws {
    let done = #"{"type":"done","attachments":[{"name":"a","url":"https://h/a"}]}"#
    let text = #"{"type":"text","delta":"late"}"#
    let attachment = RuntimeAttachment(name: "a", url: "https://h/a")
    #expect(
      try await events(of: runtime("echo '\(done)'; echo '\(text)'")) == [.done(attachments: [attachment])])
    let failed = #"{"type":"failed","code":"rate_limited","message":"later"}"#
    #expect(
      try await events(of: runtime("echo '\(failed)'; exit 3")) == [.failed(code: "rate_limited", message: "later")])
  }

  @Test func `the message comes as one line of JSON, or plainly as its text`() async throws {
    let text = try await events(of: runtime("cat", .text))
    #expect(text == [.text("-n hello"), .done(attachments: [])])
    _ = try await events(of: runtime("cat > got"))
    let got = try #require(try JSONSerialization.jsonObject(with: Data(folder.bytes("got"))) as? [String: Any])
    #expect(got["content"] as? String == "-n hello")
    #expect(got["session_id"] as? String == "s")
    #expect((got["caller"] as? [String: Any])?["is_owner"] as? Bool == true)
  }

  @Test(arguments: [
    ("echo oops >&2; echo broken >&2; exit 7", "the program ended with exit status 7: broken"),
    ("kill -9 $$", "the program was ended by signal 9"),
    (#"echo '{"type":"done"}'; exit 1"#, "the program ended with exit status 1"),
    ("echo hello", "the program wrote no event as JSON; one that writes text is connected with --plain"),
    (#"echo '{"type":"text"}'"#, "an event 'text' has no text 'delta'"),
    (#"echo '{"type":'"#, "a line is not the JSON of an event"),
    ("head -c 1048577 /dev/zero", "the program wrote a line of more than 1048576 bytes"),
  ])
  func `a program that fails says why`(script: String, reason: String) async throws {
    #expect(try await events(of: runtime(script)) == [.failed(code: "adapter_crash", message: reason)])
  }

  @Test func `a program that is silent for too long is ended`() async throws {
    let events = try await events(of: runtime("sleep 1000", idleLimit: .milliseconds(100)))
    #expect(events == [.failed(code: "adapter_crash", message: "the program wrote nothing for 0.1 seconds")])
  }

  @Test func `a program gets the variables that it is given, and no other`() async throws {
    let environment = RuntimeEnvironment.variables(
      from: ["PATH": "/usr/bin:/bin", "AGENT_MESH_TOKEN": "canary", "AGENT_BRIDGE_TOKEN": "canary", "LC_ALL": "C"],
      agentID: "a-1")
    let events = try await events(of: runtime("env", .text, environment: environment))
    let text = events.map { if case .text(let text) = $0 { text } else { "" } }.joined()
    #expect(text.contains("LC_ALL=C\n"))
    #expect(text.contains("AGENT_BRIDGE_AGENT_ID=a-1\n"))
    #expect(!text.contains("canary"))
  }

  @Test(.timeLimit(.minutes(1)))
  func `a cancelled run leaves no process behind, also none that does not want to end`() async throws {
    let stubborn = "sh -c 'trap \"\" TERM; echo $$; while :; do sleep 1; done'"
    let runtime = try runtime(stubborn + " & wait", .text, grace: .milliseconds(200))
    let received = Received()
    let run = Task { try await runtime.run(Self.prompt) { received.add($0) } }
    let line = await received.firstText()
    run.cancel()
    await #expect(throws: CancellationError.self) { try await run.value }
    let number = try #require(pid_t(line.trimmingCharacters(in: .whitespacesAndNewlines)))
    while Self.isAlive(number) { try await Task.sleep(for: .milliseconds(10)) }
  }

  /// A killed process may stand in the table for a while, until somebody takes note of its end.
  private static func isAlive(_ number: pid_t) -> Bool {
    let state = try? String(contentsOfFile: "/proc/\(number)/stat", encoding: .utf8)
    return kill(number, 0) == 0 && state?.contains(") Z ") != true
  }

  @Test func `a program that is not there is no runtime`() {
    for command in [["./nothing"], ["no-such-program-anywhere"], []] {
      let runtime = ExecRuntime(command: command, format: .text, folder: folder.path, environment: Self.path)
      #expect(runtime == nil, "\(command)")
    }
  }
}

/// Events in their order.
private final class Received: Sendable {
  private let all = Mutex([RuntimeEvent]())
  private let texts: AsyncStream<String>
  private let continuation: AsyncStream<String>.Continuation

  init() { (texts, continuation) = AsyncStream.makeStream() }

  var events: [RuntimeEvent] { all.withLock { $0 } }

  func add(_ event: RuntimeEvent) {
    all.withLock { $0.append(event) }
    if case .text(let text) = event { continuation.yield(text) }
  }

  func firstText() async -> String {
    for await text in texts { return text }
    return ""
  }
}
