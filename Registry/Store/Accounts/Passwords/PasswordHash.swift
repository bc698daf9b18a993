import CryptoExtras
import Foundation
import Skills

/// What is kept of a password: the parameters, a salt and the hash, written `$scrypt$ln=15,r=8,p=3$<salt>$<hash>` with
/// both in Base64.
struct PasswordHash: Sendable, Hashable {
  private static let saltLength = 16
  private static let keyLength = 32

  let parameters: ScryptParameters
  private let salt: [UInt8]
  private let key: [UInt8]

  /// Takes as long as the parameters say.
  init(of password: Password, _ parameters: ScryptParameters) throws {
    self.parameters = parameters
    salt = Randomness.bytes(Self.saltLength)
    key = try Self.key(of: password, salt, parameters)
  }

  /// One that no password has.
  init(dummy parameters: ScryptParameters) {
    self.parameters = parameters
    salt = Randomness.bytes(Self.saltLength)
    key = Randomness.bytes(Self.keyLength)
  }

  init(stored text: String) throws(StoreFailure) {
    let parts = text.split(separator: "$", omittingEmptySubsequences: false)
    guard parts.count == 5, parts[0].isEmpty, parts[1] == "scrypt", let parameters = ScryptParameters(parts[2]),
      let salt = Data(base64Encoded: String(parts[3])), let key = Data(base64Encoded: String(parts[4])),
      key.count == Self.keyLength
    else { throw .corrupt("a password's hash") }
    self.parameters = parameters
    self.salt = Array(salt)
    self.key = Array(key)
  }

  var stored: String {
    "$scrypt$\(parameters.text)$\(Data(salt).base64EncodedString())$\(Data(key).base64EncodedString())"
  }

  /// Takes as long as its parameters say.
  func matches(_ password: Password) throws -> Bool {
    let other = try Self.key(of: password, salt, parameters)
    // Every byte is looked at: where the first difference lies must not show in the time.
    return zip(key, other).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }

  private static func key(
    of password: Password, _ salt: [UInt8], _ parameters: ScryptParameters
  ) throws -> [UInt8] {
    let key = try KDF.Scrypt.deriveKey(
      from: password.bytes, salt: salt, outputByteCount: keyLength, rounds: 1 << parameters.logRounds,
      blockSize: parameters.blockSize, parallelism: parameters.parallelism)
    return key.withUnsafeBytes(Array.init)
  }
}

extension ScryptParameters {
  fileprivate var text: String { "ln=\(logRounds),r=\(blockSize),p=\(parallelism)" }

  fileprivate init?(_ text: Substring) {
    let parts = text.split(separator: ",").map { $0.split(separator: "=") }
    let values = parts.compactMap { $0.count == 2 ? Int($0[1]) : nil }
    guard parts.compactMap(\.first) == ["ln", "r", "p"], values.count == 3, (1...24).contains(values[0]),
      values.dropFirst().allSatisfy({ (1...64).contains($0) })
    else { return nil }
    self.init(logRounds: values[0], blockSize: values[1], parallelism: values[2])
  }
}
