import ArgumentParser
import RegistryServer

/// Host and port that the server listens on.
struct ListenAddress: Sendable, CustomStringConvertible {
  static let standard = ListenAddress(host: "127.0.0.1", port: 7117)

  /// A name or an address, without brackets.
  let host: String
  let port: Int

  private init(host: String, port: Int) {
    self.host = host
    self.port = port
  }

  /// Reads `host:port`, with an IPv6 host in brackets; nil for anything else.
  init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
      (0...65_535).contains(port)
    else { return nil }
    let host = text[..<colon].filter { $0 != "[" && $0 != "]" }
    guard !host.isEmpty else { return nil }
    self.init(host: host, port: port)
  }

  /// - Throws: `ValidationError`, so that the usage is shown.
  static func parse(_ text: String) throws -> ListenAddress {
    guard let address = ListenAddress(text) else {
      throw ValidationError("write it as host:port, such as \(standard)")
    }
    return address
  }

  var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

  /// Where a browser of this machine reaches it, under a name that nobody else has; nil when it listens for others alone.
  var ownOrigin: WebOrigin? {
    let isEverywhere = host == "0.0.0.0" || host == "::"
    let origin = WebOrigin("http://" + (isEverywhere ? "127.0.0.1:\(port)" : description))
    return origin.flatMap { $0.isLoopback ? $0 : nil }
  }
}
