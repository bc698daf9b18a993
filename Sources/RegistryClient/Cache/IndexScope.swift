import Skills

/// Whose index documents they are: of one registry, as one token sees them.
///
/// So nobody finds in the cache what was shown to another account.
package struct IndexScope: Hashable, Sendable {
  static let digits = 32

  /// A folder's name; the token cannot be found out from it.
  let folder: String

  /// - Parameter token: Nil for what everybody may see.
  package init(_ address: RegistryAddress, token: String? = nil) {
    let account = token.map { Digest(of: Array($0.utf8)).hexadecimal } ?? "everybody"
    folder = String(Digest(of: Array("\(address.text)\n\(account)".utf8)).hexadecimal.prefix(Self.digits))
  }
}
