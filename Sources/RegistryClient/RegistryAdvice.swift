import Skills

/// What only the caller knows of why a registry may not answer as hoped; shown as hints.
package struct RegistryAdvice: Sendable {
  /// In place of other hints when the registry is not reached.
  package var whenUnreachable: Message?
  /// Beside other hints when it answers that something is not there or not allowed.
  package var whenRefused: Message?

  package init(whenUnreachable: Message? = nil, whenRefused: Message? = nil) {
    self.whenUnreachable = whenUnreachable
    self.whenRefused = whenRefused
  }
}
