/// An answer of a server, whole.
struct HTTPAnswer: Sendable {
  var status: Int
  /// In their order; names as they were sent.
  var headers: [(name: String, value: String)]
  var body: [UInt8]

  /// The value of a header, whatever the case of its name.
  subscript(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name }?.value
  }

  /// - Parameter head: Status line and header lines, without the empty line behind them.
  /// - Returns: nil for what is no HTTP/1.1 head.
  init?(head: ArraySlice<UInt8>) {
    let lines = String(decoding: head, as: UTF8.self).split(separator: "\r\n")
    let words = lines.first?.split(separator: " ") ?? []
    guard words.count > 1, words[0] == "HTTP/1.1", let status = Int(words[1]) else { return nil }
    self.status = status
    headers = lines.dropFirst().compactMap { line in
      guard let colon = line.firstIndex(of: ":") else { return nil }
      return (String(line[..<colon]), line[line.index(after: colon)...].drop { $0 == " " }.description)
    }
    body = []
  }
}
