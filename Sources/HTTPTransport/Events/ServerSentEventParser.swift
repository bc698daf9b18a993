/// Cuts a stream of bytes into events (WHATWG HTML, 9.2.6), whatever the pieces it comes in.
///
/// Lines end with CR, LF or both; a byte order mark at the start is skipped; comments, unknown fields and an event that
/// the end cuts off are dropped.
package struct ServerSentEventParser: Sendable {
  /// An event, or a line of one, with more bytes than allowed.
  package struct TooLarge: Error, Hashable, Sendable {
    package var limit: Int
  }

  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  private let limit: Int
  private var line: [UInt8] = []
  private var isAtStart = true
  private var followsCarriageReturn = false
  private var draft = Draft()
  private var lastID = ""

  /// - Parameter limit: the most bytes of one event, field names included.
  package init(limit: Int = 1 << 20) {
    self.limit = limit
  }

  /// The events that `bytes` complete.
  package mutating func feed(_ bytes: some Sequence<UInt8>) throws(TooLarge) -> [ServerSentEvent] {
    var events: [ServerSentEvent] = []
    for byte in bytes {
      let isSecondHalf = followsCarriageReturn && byte == UInt8(ascii: "\n")
      followsCarriageReturn = byte == UInt8(ascii: "\r")
      if isSecondHalf { continue }
      if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
        if let event = endLine() { events.append(event) }
      } else {
        line.append(byte)
        guard line.count + draft.size <= limit else { throw TooLarge(limit: limit) }
      }
    }
    return events
  }

  private mutating func endLine() -> ServerSentEvent? {
    defer { line.removeAll(keepingCapacity: true) }
    if isAtStart, line.starts(with: Self.byteOrderMark) { line.removeFirst(3) }
    isAtStart = false
    if line.isEmpty { return dispatch() }
    draft.size += line.count
    // A line without a colon is a name alone, one that starts with a colon a comment.
    let name = line.prefix { $0 != UInt8(ascii: ":") }
    var value = line.dropFirst(name.count + 1)
    if value.first == UInt8(ascii: " ") { value = value.dropFirst() }
    take(field: String(decoding: name, as: UTF8.self), String(decoding: value, as: UTF8.self))
    return nil
  }

  private mutating func take(field: String, _ value: String) {
    switch field {
    case "event": draft.event = value
    case "data": draft.data.append(value)
    case "id" where !value.utf8.contains(0): lastID = value
    case "retry" where !value.isEmpty && value.utf8.allSatisfy { (0x30...0x39).contains($0) }: draft.retry = Int(value)
    default: break
    }
  }

  private mutating func dispatch() -> ServerSentEvent? {
    defer { draft = Draft() }
    if draft.data.isEmpty { return nil }
    let kind = draft.event.isEmpty ? "message" : draft.event
    return ServerSentEvent(
      event: kind, data: draft.data.joined(separator: "\n"), id: lastID, retry: draft.retry)
  }

  private struct Draft {
    var event = ""
    var data: [String] = []
    var retry: Int?
    /// Bytes of its lines.
    var size = 0
  }
}
