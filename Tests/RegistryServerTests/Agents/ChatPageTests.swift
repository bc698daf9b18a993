import BridgeProtocol
import Foundation
import RegistryAPI
import RegistryStore
import Skills
import TestSupport
import Testing

@testable import RegistryServer

/// Talking to an agent on a page, without scripts.
@Suite(.timeLimit(.minutes(10))) struct ChatPageTests {
  private static let chat = "/authors/ada/agents/helper/chat"

  /// A registry where ada has an agent that is connected, and is signed in.
  private func connected() async throws -> (scene: AgentScene, ada: TestBrowser, socket: TestSocket) {
    let scene = try await AgentScene()
    let agent = try await scene.server.newAgent(token: scene.adaToken)
    let socket = try await scene.server.connect(agent)
    var ada = TestBrowser(scene.server)
    let answer = try await ada.submit("/login", [("handle", "ada"), ("password", "correct horse")])
    #expect(answer.status == 303)
    return (scene, ada, socket)
  }

  /// The next message for the agent, and what its answers have to name.
  private func message(on socket: TestSocket) async throws -> (text: String, id: String, session: String) {
    let text = try #require(try await onThread { socket.text(containing: #""type":"message""#) })
    let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    return (
      text, try #require(object?["request_id"] as? String), try #require(object?["session_id"] as? String)
    )
  }

  private func say(_ frames: [String], on socket: TestSocket) async throws {
    try await onThread { for frame in frames { socket.send(frame) } }
  }

  /// The page once it has a text, or no longer has one; as a browser without scripts comes back for it.
  private func page(
    _ path: String, with text: String, without other: String? = nil, in browser: inout TestBrowser
  ) async throws -> TestBrowser.Page {
    let deadline = ContinuousClock.now + .seconds(60)
    var page = try await browser.get(path)
    while ContinuousClock.now < deadline {
      if page.text.contains(text), other.map({ !page.text.contains($0) }) ?? true { break }
      try await Task.sleep(for: .milliseconds(20))
      page = try await browser.get(path)
    }
    return page
  }

  @Test func `a message leads to its conversation, which has the answer as far as it has come`() async throws {
    let (scene, signedIn, socket) = try await connected()
    // The server lives as long as its scene.
    defer { withExtendedLifetime(scene) {} }
    var ada = signedIn
    let sent = try await ada.submit(Self.chat, [("message", "Look\r\nat <this>."), ("conversation", "")])
    #expect(sent.status == 303)
    let path = try #require(sent.headers["location"])
    let (message, id, session) = try await message(on: socket)
    #expect(message.contains(#"Look\nat <this>."#))
    func chunk(_ text: String, _ more: String = "") -> String {
      #"{"type":"chunk","request_id":"\#(id)","session_id":"\#(session)","delta":"\#(text)"\#(more)}"#
    }
    try await say(
      [chunk("hm", #","kind":"thinking""#), chunk("One\\n"), chunk("two & <b>")], on: socket)
    let running = try await page(path, with: "two &amp;", in: &ada)
    #expect(running.status == 200 && running.headers["cache-control"] == "private, no-store")
    #expect(running.text.contains("Look\nat &lt;this&gt;.") && running.text.contains("One\ntwo &amp; &lt;b&gt;</div>"))
    #expect(running.text.contains("<summary>Thinking</summary>"))
    #expect(running.text.contains("<noscript><meta http-equiv=\"refresh\" content=\"3\"></noscript>"))
    #expect(running.actions.contains("/authors/ada/agents/helper/tasks/\(id)/stop"))
    let done = #"{"type":"done","request_id":"\#(id)","session_id":"\#(session)"}"#
    try await say([chunk("!"), done], on: socket)
    let ended = try await page(path, with: "&lt;b&gt;!", without: "data-events", in: &ada)
    #expect(ended.text.contains("&lt;b&gt;!</div>"))
    #expect(!ended.text.contains("http-equiv=\"refresh\"") && !ended.text.contains("data-events"))
    #expect(try await ada.get("/settings/conversations").links.contains(path))
    let again = try await ada.submit(
      Self.chat, [("message", "More."), ("conversation", String(path.split(separator: "/").last ?? ""))])
    #expect(again.headers["location"] == path)
  }

  @Test func `a page goes on with the events of its own, behind its position`() async throws {
    let (scene, signedIn, socket) = try await connected()
    var ada = signedIn
    let sent = try await ada.submit(Self.chat, [("message", "Look."), ("conversation", "")])
    let path = try #require(sent.headers["location"])
    let (_, id, session) = try await message(on: socket)
    try await say([#"{"type":"chunk","request_id":"\#(id)","session_id":"\#(session)","delta":"One"}"#], on: socket)
    let running = try await page(path, with: "One", in: &ada)
    let events = try #require(running.text.firstMatch(of: #/data-events="([^"]*)"/#)?.output.1)
    let rest = [
      #"{"type":"chunk","request_id":"\#(id)","session_id":"\#(session)","delta":" two"}"#,
      #"{"type":"done","request_id":"\#(id)","session_id":"\#(session)"}"#,
    ]
    try await say(rest, on: socket)
    let stream = try await ada.get(String(events))
    #expect(stream.headers["content-type"] == "text/event-stream; charset=utf-8")
    #expect(stream.text.contains(" two") && !stream.text.contains("One") && stream.text.contains(#""type":"done""#))
    // A browser whose connection was lost says behind which event, in the place of the position of the address.
    let last = try #require(stream.text.firstMatch(of: #/id: ([0-9]+)\n[^\n]* two/#)?.output.1)
    let again = try await ada.get(String(events), fields: "Last-Event-ID: \(last)\r\n")
    #expect(!again.text.contains(" two") && again.text.contains(#""type":"done""#), "\(again.text)")
    var stranger = TestBrowser(scene.server)
    #expect(try await stranger.get(String(events)).headers["location"]?.hasPrefix("/login") == true)
  }

  @Test func `nobody reads a conversation of somebody else, or one that never was`() async throws {
    let (scene, signedIn, socket) = try await connected()
    var ada = signedIn
    let sent = try await ada.submit(Self.chat, [("message", "Look."), ("conversation", "")])
    let path = try #require(sent.headers["location"])
    var bob = TestBrowser(scene.server)
    _ = try await bob.submit("/login", [("handle", "bob"), ("password", "correct horse")])
    #expect(try await bob.get(path).status == 404)
    #expect(try await ada.get("\(Self.chat)/00000000-0000-4000-8000-000000000000").status == 404)
    #expect(try await ada.get("\(Self.chat)/x").status == 404)
    #expect(socket.isOpen)
  }

  @Test func `a message that cannot be taken stays in the form`() async throws {
    let scene = try await AgentScene()
    _ = try await scene.published("helper")
    var bob = TestBrowser(scene.server)
    _ = try await bob.submit("/login", [("handle", "bob"), ("password", "correct horse")])
    let offline = try await bob.submit(Self.chat, [("message", "Keep <me>"), ("conversation", "")])
    #expect(offline.status == 503 && offline.problem?.contains("not connected") == true)
    #expect(offline.text.contains("Keep &lt;me&gt;</textarea>"))
    let empty = try await bob.submit(Self.chat, [("message", "  "), ("conversation", "")])
    #expect(empty.status == 422 && empty.problem != nil)
  }
}
