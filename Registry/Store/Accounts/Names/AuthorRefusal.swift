import Skills

extension Accounts {
  /// Why a name cannot be had.
  package enum AuthorRefusal: Error, Sendable, Equatable, MeshErrorConvertible {
    case reserved
    /// It is or was somebody's.
    case exists
    /// A reader could take the name for that of `other`.
    case confusable(other: String)
    /// The account took too many names lately; it can take one after so many seconds.
    case tooMany(retryAfter: Int)

    package var meshError: MeshError {
      switch self {
      case .reserved: MeshError(.validationError, "the name is reserved", hint: "Choose another one.")
      case .exists: MeshError(.conflict, "the name is taken", hint: "Choose another one.")
      case .confusable(let other):
        MeshError(.conflict, "the name could be mistaken for '\(other)'", hint: "Choose another one.")
      case .tooMany(let seconds):
        MeshError(
          .tooManyRequests, "too many names were taken lately", hint: "Try again in \(seconds) seconds.",
          headers: ["Retry-After": "\(seconds)"])
      }
    }
  }
}
