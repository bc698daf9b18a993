/// An error of one module that says beside its definition what it means where modules join.
package protocol MeshErrorConvertible: Error {
  var meshError: MeshError { get }
}

extension MeshError: MeshErrorConvertible {
  package var meshError: MeshError { self }

  /// Any error as the one that is shown; one that does not say what it means gets `code`.
  package init(_ error: any Error, else code: ErrorCode) {
    switch error {
    case let error as any MeshErrorConvertible: self = error.meshError
    case is CancellationError: self.init(.cancelled, "interrupted")
    default: self.init(code, "\(error)")
    }
  }
}
