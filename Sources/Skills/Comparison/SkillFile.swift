/// A file of a skill with its content, as looking at skills needs it.
package struct SkillFile: Hashable, Sendable {
  package var bytes: [UInt8]
  package var isExecutable: Bool

  package init(_ bytes: [UInt8], isExecutable: Bool = false) {
    self.bytes = bytes
    self.isExecutable = isExecutable
  }

  /// Nil for what is not UTF-8, or has a NUL.
  var text: String? { bytes.contains(0) ? nil : String(validating: bytes, as: UTF8.self) }
}
