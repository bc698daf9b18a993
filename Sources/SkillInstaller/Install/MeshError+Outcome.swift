import Skills

extension MeshError {
  /// The outcome of `work` as a value.
  package static func outcome<Value>(
    or code: ErrorCode, _ work: () async throws -> Value
  ) async -> Result<Value, MeshError> {
    do {
      return .success(try await work())
    } catch {
      return .failure(MeshError(error, else: code))
    }
  }
}

extension Result {
  package var isFailure: Bool {
    if case .failure = self { true } else { false }
  }
}

extension Collection {
  /// All values, or the failure that was not only the consequence of another one.
  package func all<Value>() throws(MeshError) -> [Value] where Element == Result<Value, MeshError> {
    var values: [Value] = []
    var failures: [MeshError] = []
    for result in self {
      switch result {
      case .success(let value): values.append(value)
      case .failure(let failure): failures.append(failure)
      }
    }
    guard let first = failures.first else { return values }
    throw failures.first { $0.code != .cancelled } ?? first
  }
}
