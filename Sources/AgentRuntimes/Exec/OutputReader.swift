/// Events out of what a program writes, piece by piece.
struct OutputReader {
  struct Fault: Error {
    let reason: String
  }

  /// Bytes of a line with an event.
  static let lineLimit = 1 << 20

  private let format: ExecRuntime.Format
  private var pieces = TextPieces()
  private var lines = LineSplitter(limit: lineLimit)
  private var hasEvents = false
  private var hasOtherLines = false
  /// How the program says that it ended; nothing behind that counts.
  private(set) var ending: RuntimeEvent?

  init(_ format: ExecRuntime.Format) { self.format = format }

  mutating func events(adding piece: [UInt8]) throws(Fault) -> [RuntimeEvent] {
    switch format {
    case .text: return Self.texts(pieces.text(adding: piece))
    case .events:
      let complete: [[UInt8]]
      do throws(LineSplitter.TooLong) {
        complete = try lines.lines(adding: piece)
      } catch {
        throw Fault(reason: "the program wrote a line of more than \(Self.lineLimit) bytes")
      }
      return try events(in: complete)
    }
  }

  /// What is left when there is no more.
  ///
  /// - Throws: for lines of which none was an event: whoever wrote them meant text.
  mutating func lastEvents() throws(Fault) -> [RuntimeEvent] {
    guard format == .events else { return Self.texts(pieces.last()) }
    let events = try events(in: [lines.last()].compactMap(\.self))
    guard hasEvents || !hasOtherLines else {
      throw Fault(reason: "the program wrote no event as JSON; one that writes text is connected with --plain")
    }
    return events
  }

  private static func texts(_ text: String) -> [RuntimeEvent] { text.isEmpty ? [] : [.text(text)] }

  private mutating func events(in lines: [[UInt8]]) throws(Fault) -> [RuntimeEvent] {
    var events: [RuntimeEvent] = []
    for line in lines where ending == nil {
      guard let event = try event(in: line) else {
        hasOtherLines = hasOtherLines || !line.isEmpty
        continue
      }
      hasEvents = true
      if event.isEnding { ending = event } else { events.append(event) }
    }
    return events
  }

  private func event(in line: [UInt8]) throws(Fault) -> RuntimeEvent? {
    do throws(EventLine.Malformed) {
      return try EventLine.event(in: line)
    } catch {
      throw Fault(reason: error.reason)
    }
  }
}
