import FoundationSubset
import Skills

/// Tells what is for everybody to read, or only says where a secret is kept.
enum SecretReference {
  /// Tokens that mark a position in a list, a state or a request, without `_` and `-`.
  private static let harmlessNames = [
    "pagetoken", "nexttoken", "continuationtoken", "resumetoken", "synctoken", "starttoken", "paginationtoken",
    "cursortoken", "requesttoken", "idempotencytoken", "pagingtoken",
  ]

  /// What tells a program where to look, and keys that stand in every web page.
  private static let beginnings = [
    "arn:", "op:", "vault:", "env:", "file:", "ssm:", "keychain:", "projects/", "sha256:", "sha256-", "sha384-",
    "sha512-", "pk_test_", "pk_live_", "phc_",
  ]

  private static let chainWords = [
    "solana", "spl", "mint", "usdc", "usdt", "wallet", "contract", "address", "erc20", "jupiter", "pump", "swap",
    "tron", "cosmos", "bitcoin", "on-chain", "onchain", "ledger",
  ]

  static func isName(_ name: String) -> Bool {
    let plain = name.filter { $0 != "_" && $0 != "-" }
    return harmlessNames.contains { plain.hasSuffix($0) }
  }

  /// - Parameter surroundings: The text around, lower case.
  static func isValue(_ value: ArraySlice<UInt8>, in surroundings: @autoclosure () -> String) -> Bool {
    let text = String(decoding: value, as: UTF8.self)
    if beginnings.contains(where: text.hasPrefix) || text.contains("::") { return true }
    if text.contains("://") { return !text.contains("@") }
    return isPath(text) || isCursor(text) || isHexadecimalAddress(value)
      || isChainAddress(value) && chainWords.contains(where: surroundings().contains)
  }

  /// `/etc/keys/site.pem`, `~/.ssh/id_ed25519`, `C:\keys\a.key`, `keys/site.pem`: base64 has slashes, too, but neither
  /// dots nor whole words between them.
  private static func isPath(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    if bytes.count > 3, bytes[1] == UInt8(ascii: ":"), bytes[2] == UInt8(ascii: "\\") { return true }
    let parts = text.split(separator: "/")
    guard parts.count > 1 || text.hasPrefix("/") || text.hasPrefix("~") else { return false }
    let isRooted = ["/", "~/", "./", "../"].contains(where: text.hasPrefix)
    let hasExtension = parts.last.map { $0.dropFirst().contains(".") } ?? false
    if !bytes.contains(where: { "+=".utf8.contains($0) }), hasExtension { return true }
    let hasCapitals = bytes.contains { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    let words = parts.count { $0.count >= 3 && WordShare.of(Array($0.utf8)[...]) == 1 }
    return isRooted && !hasCapitals || words * 2 >= parts.count || isRooted && words > 0
  }

  /// A number or an object in base64: where a list is to go on.
  private static func isCursor(_ text: String) -> Bool {
    guard let data = Data(base64Encoded: text), !data.isEmpty else { return false }
    if data.allSatisfy({ $0.isDigit }) { return true }
    return data.first == UInt8(ascii: "{") && data.last == UInt8(ascii: "}") && data.allSatisfy { 0x20..<0x7F ~= $0 }
  }

  /// `0x` and 40 digits name a token or an account on a chain, for everybody to read; a key has 64 digits.
  private static func isHexadecimalAddress(_ value: ArraySlice<UInt8>) -> Bool {
    value.count == 42 && value.starts(with: "0x".utf8) && value.dropFirst(2).allSatisfy(\.isHexDigit)
  }

  /// 32 bytes in base58, as accounts and tokens of some chains are named, or bech32.
  ///
  /// A key could look the same: only the words around it tell.
  private static func isChainAddress(_ value: ArraySlice<UInt8>) -> Bool {
    let isAlphanumeric = value.allSatisfy { $0.isLetter || $0.isDigit }
    let isBase58 = isAlphanumeric && !value.contains { "0OIl".utf8.contains($0) }
    if (32...44).contains(value.count), isBase58 { return true }
    // The name of a chain, `1`, and small letters and digits (BIP 173).
    let isBech32 = isAlphanumeric && value.allSatisfy { $0 & 0x20 != 0 } && value.prefix(8).contains(UInt8(ascii: "1"))
    return (39...66).contains(value.count) && isBech32
  }
}
