/// Puts the header lines of an answer together, line by line as libcurl hands them over.
///
/// Interim answers (1xx) are passed by and trailers after the body ignored. Bounded: 256 KiB and 1000 fields.
struct HeadReader {
  private static let maximumBytes = 256 << 10
  private static let maximumFields = 1000

  private let url: HTTPURL
  private var byteCount = 0
  private var draft: ResponseHead?
  private(set) var head: ResponseHead?

  init(url: HTTPURL) {
    self.url = url
  }

  /// Whether anything of an answer has come.
  var hasBegun: Bool { byteCount > 0 }

  /// Takes one line with its end; returns the head when the line completes it.
  mutating func read(_ line: UnsafeRawBufferPointer) throws(TransportError) -> ResponseHead? {
    byteCount += line.count
    guard byteCount <= Self.maximumBytes else { throw tooLarge("more than 256 KiB of header fields") }
    let text = String(decoding: line, as: UTF8.self)
    if head != nil { return nil }
    if text.hasPrefix("HTTP/") {
      draft = try parse(status: text)
      return nil
    }
    let content = text.trimmed
    if content.isEmpty { return complete() }
    try add(content)
    return nil
  }

  private mutating func complete() -> ResponseHead? {
    guard let draft, draft.status >= 200 else { return nil }
    head = draft
    return draft
  }

  private mutating func add(_ line: Substring) throws(TransportError) {
    guard let colon = line.firstIndex(of: ":") else { return }
    guard draft?.headers.fields.count ?? 0 < Self.maximumFields else { throw tooLarge("more than 1000 header fields") }
    draft?.headers.append(String(line[..<colon]), String(line[colon...].dropFirst().trimmed))
  }

  private func parse(status line: String) throws(TransportError) -> ResponseHead {
    let words = line.split(separator: " ", maxSplits: 2)
    guard words.count >= 2, let status = Int(words[1].trimmed), let version = Self.version(words[0]) else {
      throw TransportError(.protocolError, at: "\(url)", detail: "the status line is malformed")
    }
    return ResponseHead(status: status, version: version, headers: [:], url: url)
  }

  private static func version(_ word: Substring) -> ResponseHead.Version? {
    switch word {
    case "HTTP/1.0": .http10
    case "HTTP/1.1": .http11
    case "HTTP/2", "HTTP/2.0": .http2
    case "HTTP/3", "HTTP/3.0": .http3
    default: nil
    }
  }

  private func tooLarge(_ detail: String) -> TransportError {
    TransportError(.tooLarge, at: "\(url)", detail: detail)
  }
}

extension StringProtocol {
  /// Without spaces, tabs and line ends around it.
  var trimmed: SubSequence {
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\r" || $0 == "\n" || $0 == "\r\n" }
    guard let first = firstIndex(where: { !isBlank($0) }), let last = lastIndex(where: { !isBlank($0) }) else {
      return self[endIndex...]
    }
    return self[first...last]
  }
}
