/// The opening handshake of a client (RFC 6455, 4.1): the request, and what its answer must be.
struct WebSocketHandshake: Sendable {
  /// Bytes of the head of an answer.
  static let maximumHeadBytes = 16 << 10
  /// What a server adds to the key before it proves that it has read it.
  private static let suffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

  /// 16 bytes by chance, in Base64.
  let key: String
  let protocols: [String]

  init(protocols: [String], nonce: [UInt8] = (0..<16).map { _ in .random(in: .min ... .max) }) {
    key = Base64.encode(nonce)
    self.protocols = protocols
  }

  /// What `Sec-WebSocket-Accept` must be.
  var acceptance: String { Base64.encode(SHA1.digest(of: Array((key + Self.suffix).utf8))) }

  /// Sets the fields that ask for a WebSocket.
  func apply(to headers: inout HTTPHeaders) {
    headers["Connection"] = "Upgrade"
    headers["Upgrade"] = "websocket"
    headers["Sec-WebSocket-Version"] = "13"
    headers["Sec-WebSocket-Key"] = key
    headers["Sec-WebSocket-Protocol"] = protocols.isEmpty ? nil : protocols.joined(separator: ", ")
  }

  /// The subprotocol that the server has chosen, nil for none.
  ///
  /// - Throws: `.refusedUpgrade` with the status when the server wants no WebSocket, `.refusedRedirect` for a redirect,
  ///   since none is followed here, `.protocolError` for a wrong answer.
  func check(_ head: ResponseHead) throws(TransportError) -> String? {
    guard head.status == 101 else { throw refusal(by: head) }
    func demand(_ condition: Bool, _ detail: String) throws(TransportError) {
      guard condition else { throw TransportError(.protocolError, at: "\(head.url)", detail: detail) }
    }
    func words(of name: String) -> [String] {
      let values = head.headers.fields.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
      return values.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false) }.map { String($0.trimmed) }
    }
    try demand(head.version == .http11, "the upgrade is not one of HTTP/1.1")
    try demand(words(of: "Upgrade").map { $0.lowercased() } == ["websocket"], "'Upgrade' is not 'websocket'")
    try demand(words(of: "Connection").contains { $0.lowercased() == "upgrade" }, "'Connection' is not 'Upgrade'")
    try demand(words(of: "Sec-WebSocket-Accept") == [acceptance], "'Sec-WebSocket-Accept' does not fit the key")
    try demand(words(of: "Sec-WebSocket-Extensions").isEmpty, "an extension was chosen that was not offered")
    let chosen = words(of: "Sec-WebSocket-Protocol")
    try demand(chosen.count <= 1, "more than one subprotocol was chosen")
    try demand(chosen.allSatisfy(protocols.contains), "a subprotocol was chosen that was not offered")
    return chosen.first
  }

  private func refusal(by head: ResponseHead) -> TransportError {
    if Request.isRedirect(status: head.status) {
      let location = HTTPURL.redacting(head.headers["Location"] ?? "")
      return TransportError(.refusedRedirect, at: "\(head.url)", detail: "it leads to '\(location)'")
    }
    return TransportError(.refusedUpgrade(status: head.status), at: "\(head.url)", detail: "HTTP status \(head.status)")
  }
}
