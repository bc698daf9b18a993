/// How much one resolution may ask registries for: a registry decides what its skills need, and may go on for ever.
package struct ResolutionBounds: Sendable {
  /// Skills whose index is read.
  package var skills = 2_000
  /// Links of a chain of dependencies.
  package var depth = 100
  /// Bytes of memory that all indexes together take: those of 900 skills with a hundred versions each, or of 2,000 with
  /// forty.
  package var bytes = 32 << 20
  /// Waiting for registries included; nil for any time.
  package var duration: Duration?

  package init(duration: Duration? = nil) {
    self.duration = duration
  }
}
