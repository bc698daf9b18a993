/// Tells the numbers of machines on the internet from those of private networks, examples and well-known resolvers.
enum PublicAddress {
  /// - Parameter text: Four numbers with dots between them; anything else is none.
  static func isOne(_ text: Substring) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).compactMap { UInt8($0) }
    guard parts.count == 4, !resolvers.contains(String(text)) else { return false }
    return !reserved.contains { block in parts.starts(with: block) } && !isInWideBlock(parts[0], parts[1])
  }

  /// RFC 6890 and, for documentation, RFC 5737.
  private static let reserved: [[UInt8]] = [
    [0], [10], [127], [169, 254], [192, 0, 0], [192, 0, 2], [192, 168], [198, 51, 100], [203, 0, 113],
  ]

  private static let resolvers: Set<String> = ["1.1.1.1", "1.0.0.1", "8.8.8.8", "8.8.4.4", "9.9.9.9", "1.2.3.4"]

  /// 172.16/12, 100.64/10, 198.18/15, and everything from multicast on.
  private static func isInWideBlock(_ first: UInt8, _ second: UInt8) -> Bool {
    switch (first, second) {
    case (172, 16...31), (100, 64...127), (198, 18...19), (224..., _): true
    default: false
    }
  }
}
