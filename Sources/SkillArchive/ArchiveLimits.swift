/// What an archive may cost before it is refused; the defaults are the dialect's (`schemas/skill-tar.md`).
package struct ArchiveLimits: Hashable, Sendable {
  /// Bytes of the archive file itself.
  package var compressedBytes = 50 << 20
  /// Bytes that come out of decompression, counted as they come and never taken from a header.
  package var deliveredBytes = 200 << 20
  /// Delivered bytes for each compressed byte, looked at once `ratioFreeBytes` have been delivered.
  package var expansionRatio = 100
  package var ratioFreeBytes = 1 << 20
  /// Files and folders together.
  package var entries = 2_000
  package var fileBytes = 50 << 20
  package var skillMarkdownBytes = 1 << 20
  /// Wall time of one pass over an archive; nil is unbounded.
  package var duration: Duration? = .seconds(10)

  package static let standard = ArchiveLimits()

  package init() {}

  /// For a pass that also writes, and for what was read in time before: a slow machine must not make an archive look
  /// hostile.
  package var withoutDuration: ArchiveLimits {
    var limits = self
    limits.duration = nil
    return limits
  }
}
