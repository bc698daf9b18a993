/// What a request carries.
///
/// Its length is known before the first byte is sent.
package enum HTTPBody: Sendable {
  case none
  case bytes([UInt8])
  /// Sent one after the other, as of a multipart form.
  case parts([Part])

  package enum Part: Sendable {
    case bytes([UInt8])
    /// Read from disk while it is sent, never held whole; `size` in bytes must be what the file has then.
    case file(path: String, size: Int)

    var size: Int {
      switch self {
      case .bytes(let bytes): bytes.count
      case .file(_, let size): size
      }
    }
  }

  var parts: [Part] {
    switch self {
    case .none: []
    case .bytes(let bytes): [.bytes(bytes)]
    case .parts(let parts): parts
    }
  }

  var isNone: Bool {
    if case .none = self { true } else { false }
  }

  /// Bytes.
  var size: Int { parts.reduce(0) { $0 + $1.size } }
}
