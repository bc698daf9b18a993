/// What a hash by scrypt costs (RFC 7914, section 2): 128 · 2^`logRounds` · `blockSize` bytes, `parallelism` times.
package struct ScryptParameters: Sendable, Hashable {
  /// 32 MiB, three times.
  package static let standard = ScryptParameters(logRounds: 15, blockSize: 8, parallelism: 3)

  package var logRounds: Int
  package var blockSize: Int
  package var parallelism: Int

  package init(logRounds: Int, blockSize: Int, parallelism: Int) {
    self.logRounds = logRounds
    self.blockSize = blockSize
    self.parallelism = parallelism
  }
}
