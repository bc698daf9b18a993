import RegistryAPI
import Skills

/// Shows an answer while it comes: its text on stdout, everything beside it on stderr; with JSON each event as a line.
///
/// A pipe gets the text as it is, a terminal only what it cannot obey.
final class AnswerDisplay {
  /// Bytes of text that are kept.
  private static let limit = 64 << 20
  /// Characters of what a tool has said.
  private static let toolLimit = 200

  private let mesh: Mesh
  private let showsThinking: Bool
  private let isTerminal = Streams.isTerminal(.standardOutput)
  /// The text so far.
  private(set) var text = ""
  /// The kind of the piece that the last line of the terminal belongs to; nil at the beginning of a line.
  private var openLine: String?

  init(_ mesh: Mesh, showsThinking: Bool = true) {
    self.mesh = mesh
    self.showsThinking = showsThinking
  }

  /// - Throws: `payloadTooLarge` for an answer that nobody would read to its end.
  func show(_ event: CallEvent) throws {
    let isText = event.type == .chunk && (event.kind ?? "text") == "text"
    if isText { try keep(event.delta ?? "") }
    if mesh.printsJSON { return try mesh.print(line: event) }
    switch event.type {
    case .chunk where isText: try showText(event.delta ?? "")
    case .chunk: showBeside(event)
    case .done:
      endLine()
      for file in event.attachments ?? [] { note("[file: \(file.name) -> \(file.url, limit: 2_000)]") }
    case .start, .error, .keepalive, .reset: break
    }
  }

  /// Says something that is no part of the answer.
  func note(_ text: Message) {
    endLine()
    mesh.talk.info(mesh.talk.style.faint(text))
  }

  /// Goes to the beginning of a line, for others to write.
  func endLine() {
    guard let kind = openLine else { return }
    Streams.write("\n", to: kind == "text" ? .standardOutput : .standardError)
    openLine = nil
  }

  private func keep(_ piece: String) throws(MeshError) {
    guard text.utf8.count + piece.utf8.count <= Self.limit else {
      throw MeshError(.payloadTooLarge, "the answer has more than \(Self.limit >> 20) MiB of text")
    }
    text += piece
  }

  private func showText(_ piece: String) throws {
    begin("text")
    try mesh.write(isTerminal ? Message(block: piece).description : piece)
    // Into a pipe it is no line of the terminal.
    openLine = isTerminal && !piece.hasSuffix("\n") ? "text" : nil
  }

  private func showBeside(_ event: CallEvent) {
    let (style, delta) = (mesh.talk.style, event.delta ?? "")
    switch event.kind {
    case "thinking":
      guard showsThinking, mesh.talk.level > .quiet else { return }
      if begin("thinking") { Streams.write(style.faint("[thinking] ").description, to: .standardError) }
      Streams.write(style.faint(Message(block: delta)).description, to: .standardError)
      openLine = "thinking"
    case "tool_start": line(style.yellow("[tool: \(event.toolName ?? delta, limit: 80)]"))
    case "tool_result": line(style.faint(Message(ScreenText.line(delta).description, limit: Self.toolLimit)))
    case "status": line(style.faint("\(delta)"))
    default: break
    }
  }

  private func line(_ text: Message) {
    endLine()
    mesh.talk.info(text)
  }

  /// - Returns: Whether it begins a line.
  @discardableResult private func begin(_ kind: String) -> Bool {
    if openLine == kind { return false }
    endLine()
    return true
  }
}
