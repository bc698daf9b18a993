/// Why bytes are no frame.
package enum FrameRefusal: Error, Hashable, Sendable {
  case notJSON
  /// Fields that the type needs are absent, or of another type.
  case invalid(type: String, reason: String)
}
