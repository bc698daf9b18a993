/// Measures several sides in turn, A B A B…, so that whatever else the machine does meets all of them alike.
///
/// Every side runs once before, uncounted, so that all find warm caches.
///
/// - Parameter sides: Each makes one measurement and returns it.
/// - Returns: A sample for each side, in their order.
func interleaved(_ rounds: Int, _ sides: [() throws -> Double]) throws -> [Sample] {
  var values = [[Double]](repeating: [], count: sides.count)
  for round in 0...max(rounds, 1) {
    for (index, side) in sides.enumerated() {
      try Interruption.check()
      let value = try side()
      if round > 0 { values[index].append(value) }
    }
  }
  return values.map(Sample.init)
}

/// Milliseconds that `work` takes.
func milliseconds(_ work: () throws -> Void) rethrows -> Double {
  try ContinuousClock().measure { try work() }.milliseconds
}

extension Duration {
  var milliseconds: Double { self / .milliseconds(1) }
  var seconds: Double { self / .seconds(1) }
}
