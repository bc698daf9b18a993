import Skills

extension Accounts {
  /// Why a name cannot be had.
  package enum AuthorRefusal: Error, Sendable, Equatable, MeshErrorConvertible {
    case reserved
    /// It is or was somebody's.
    case exists
    /// A reader could take the name for that of `other`.
    case confusable(other: String)

    package var meshError: MeshError {
      switch self {
      case .reserved: MeshError(.validationError, "the name is reserved", hint: "Choose another one.")
      case .exists: MeshError(.conflict, "the name is taken", hint: "Choose another one.")
      case .confusable(let other):
        MeshError(.conflict, "the name could be mistaken for '\(other)'", hint: "Choose another one.")
      }
    }
  }
}
