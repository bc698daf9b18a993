/// Reads the head of the answer to an opening handshake, where libcurl reads none.
enum WebSocketHeadParser {
  /// The head at the start of `bytes` and what follows it, or nil when more must come.
  ///
  /// - Throws: `.tooLarge` for more than 16 KiB, `.protocolError` for anything that is no head.
  static func parse(
    _ bytes: [UInt8], from url: HTTPURL
  ) throws(TransportError) -> (head: ResponseHead, rest: ArraySlice<UInt8>)? {
    let limit = WebSocketHandshake.maximumHeadBytes
    let end = bytes.indices.prefix(limit).first { bytes[$0...].starts(with: [0x0D, 0x0A, 0x0D, 0x0A]) }
    guard let end else {
      guard bytes.count < limit else {
        throw TransportError(.tooLarge, at: "\(url)", detail: "more than \(limit) bytes of header fields")
      }
      return nil
    }
    return (try head(of: bytes[..<end], from: url), bytes[(end + 4)...])
  }

  private static func head(of bytes: ArraySlice<UInt8>, from url: HTTPURL) throws(TransportError) -> ResponseHead {
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
      String(decoding: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self)
    }
    var head = try status(lines.first ?? "", from: url)
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":"), line.first != " ", line.first != "\t" else {
        throw TransportError(.protocolError, at: "\(url)", detail: "a header field is malformed")
      }
      head.headers.append(String(line[..<colon]), String(line[colon...].dropFirst().trimmed))
    }
    return head
  }

  private static func status(_ line: String, from url: HTTPURL) throws(TransportError) -> ResponseHead {
    let words = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
    guard words.count >= 2, let version = ResponseHead.Version(rawValue: String(words[0])),
      words[1].utf8.count == 3, let status = Int(words[1]), status >= 100
    else {
      throw TransportError(.protocolError, at: "\(url)", detail: "the status line is malformed")
    }
    return ResponseHead(status: status, version: version, headers: [:], url: url)
  }
}
