/// What repeated measurements of one thing gave.
struct Sample: Sendable {
  /// In ascending order, never empty.
  private let values: [Double]

  /// - Parameter values: At least one.
  init(_ values: [Double]) {
    precondition(!values.isEmpty, "a sample needs a measurement")
    self.values = values.sorted()
  }

  var median: Double {
    let middle = values.count / 2
    return values.count.isMultiple(of: 2) ? (values[middle - 1] + values[middle]) / 2 : values[middle]
  }

  /// The value below which this share of all lies.
  func quantile(_ share: Double) -> Double { values[min(values.count - 1, Int(Double(values.count) * share))] }

  var smallest: Double { values[0] }
  var largest: Double { values[values.count - 1] }
}
