/// One line of the table: ours, the reference of the same run, and the aim.
struct Row: Sendable {
  struct Reference: Sendable {
    var name: String
    var sample: Sample
  }

  var name: String
  var unit: Unit
  var measured: Sample
  var reference: Reference?
  var aim: Aim?

  init(_ name: String, _ unit: Unit, _ measured: Sample, beside reference: Reference? = nil, aim: Aim? = nil) {
    self.name = name
    self.unit = unit
    self.measured = measured
    self.reference = reference
    self.aim = aim
  }

  /// Ours over the reference, by their medians.
  private var ratio: Double? { reference.map { measured.median / $0.sample.median } }

  static let head = ["Benchmark", "Measured (min–max)", "Beside", "Ratio", "Aim", "Met"]

  var cells: [String] {
    [
      name,
      unit.text(measured),
      reference.map { "\($0.name): \(unit.text($0.sample))" } ?? "–",
      ratio.map { aim?.text(ratio: $0) ?? Aim.times($0) } ?? "–",
      aim?.text(unit) ?? "–",
      aim.map { $0.isMet(by: measured.median, ratio: ratio) ? "yes" : "no" } ?? "–",
    ]
  }
}
