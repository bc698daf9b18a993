import Skills

/// Follows a tar archive block by block and says whether our packer would have written the very same bytes.
struct CanonicalCheck {
  private(set) var holds = true
  private var last: SkillPath?

  /// - Parameter blocks: every header block of the entry, a pax header and its padded body included.
  mutating func file(_ file: IncomingFile, blocks: [UInt8]) {
    guard holds else { return }
    holds = last.map { $0 < file.path } ?? true
    holds = holds && CanonicalHeader.blocks(for: file) == blocks
    last = file.path
  }

  mutating func folder() { holds = false }

  mutating func padding(_ bytes: some Sequence<UInt8>) {
    guard holds else { return }
    holds = bytes.allSatisfy { $0 == 0 }
  }

  /// - Parameter zeroBytes: all bytes from the first zero block on.
  mutating func end(zeroBytes: Int) {
    holds = holds && zeroBytes == 2 * TarHeader.blockSize
  }
}
