import Foundation
import Skills

/// A password as somebody typed it: 10 characters at least, 256 bytes at most.
///
/// It prints as a constant, so that no log or error can carry it.
package struct Password: Sendable, CustomStringConvertible, CustomDebugStringConvertible {
  package static let minimumCharacters = 10
  package static let maximumBytes = 256

  /// Composed, so that it does not matter how a keyboard makes an accent (NIST SP 800-63B, section 3.1.1.2).
  let bytes: [UInt8]

  package init(parsing text: String) throws(MeshError) {
    let composed = text.precomposedStringWithCanonicalMapping
    guard composed.unicodeScalars.count >= Self.minimumCharacters else {
      throw MeshError(.validationError, "a password has at least \(Self.minimumCharacters) characters")
    }
    guard composed.utf8.count <= Self.maximumBytes else {
      throw MeshError(.validationError, "a password has at most \(Self.maximumBytes) bytes")
    }
    bytes = Array(composed.utf8)
  }

  package var description: String { "<password>" }
  package var debugDescription: String { "<password>" }
}
