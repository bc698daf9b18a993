/// Counts what an archive has cost so far and stops at the first limit.
struct Meter {
  private let limits: ArchiveLimits
  private let started = ContinuousClock.now
  private(set) var delivered = 0

  init(limits: ArchiveLimits) {
    self.limits = limits
  }

  /// - Parameter consumed: the compressed bytes taken since the start.
  mutating func count(delivered bytes: Int, consumed: Int) throws(ArchiveError) {
    delivered += bytes
    if delivered > limits.deliveredBytes {
      throw .refused(.deliveredLimit, "the archive holds more than \(limits.deliveredBytes) bytes")
    }
    if delivered > limits.ratioFreeBytes, delivered / limits.expansionRatio > consumed {
      throw .refused(.ratioExceeded, "the archive expands more than \(limits.expansionRatio) times")
    }
    if let duration = limits.duration, started.duration(to: .now) > duration {
      throw .refused(.timeLimit, "the archive takes longer than \(duration) to read")
    }
  }
}
