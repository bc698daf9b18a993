extension Array where Element: Sendable {
  /// What `work` makes of every element, eight at a time; in the order of the elements.
  ///
  /// - Throws: The first error; what still runs is cancelled.
  func mapInParallel<Output: Sendable>(
    _ work: @escaping @Sendable (Element) async throws -> Output
  ) async throws -> [Output] {
    try await withThrowingTaskGroup(of: (Int, Output).self) { group in
      var outputs = [Output?](repeating: nil, count: count)
      var waiting = enumerated().makeIterator()
      for _ in 0..<8 {
        if let (index, element) = waiting.next() { group.addTask { (index, try await work(element)) } }
      }
      while let (index, output) = try await group.next() {
        outputs[index] = output
        if let (index, element) = waiting.next() { group.addTask { (index, try await work(element)) } }
      }
      return outputs.compactMap(\.self)
    }
  }
}
