/// Runs `work` for every value, a few at a time; outputs stand in the order of the values.
///
/// - Parameter isLast: Whether an output makes the rest pointless: what runs is then cancelled, and what has not begun
///   starts cancelled.
package func inParallel<Value: Sendable, Output: Sendable>(
  _ values: [Value], limit: Int = 8, endingAfter isLast: (Output) -> Bool = { _ in false },
  _ work: @escaping @Sendable (Value) async -> Output
) async -> [Output] {
  await withTaskGroup(of: (Int, Output).self) { group in
    var outputs = [Output?](repeating: nil, count: values.count)
    var waiting = values.enumerated().makeIterator()
    for _ in 0..<limit {
      if let (index, value) = waiting.next() { group.addTask { (index, await work(value)) } }
    }
    while let (index, output) = await group.next() {
      outputs[index] = output
      if isLast(output) { group.cancelAll() }
      if let (index, value) = waiting.next() { group.addTask { (index, await work(value)) } }
    }
    return outputs.compactMap(\.self)
  }
}
