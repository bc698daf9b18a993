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
  /// Stricter than the aim: to be reached some day.
  var hope: Aim?

  init(
    _ name: String, _ unit: Unit, _ measured: Sample, beside reference: Reference? = nil, aim: Aim? = nil,
    hope: Aim? = nil
  ) {
    self.name = name
    self.unit = unit
    self.measured = measured
    self.reference = reference
    self.aim = aim
    self.hope = hope
  }

  /// Ours over the reference, by their medians.
  private var ratio: Double? { reference.map { measured.median / $0.sample.median } }

  private func isMet(_ aim: Aim) -> String { aim.isMet(by: measured.median, ratio: ratio) ? "yes" : "no" }

  /// What is said of the aim, and of the hope behind it.
  private func both(_ text: (Aim) -> String) -> String {
    let texts = [aim, hope].compactMap { $0.map(text) }
    return texts.isEmpty ? "–" : texts.joined(separator: ", hoped ")
  }

  static let head = ["Benchmark", "Measured (min–max)", "Beside", "Ratio", "Aim", "Met"]

  var cells: [String] {
    [
      name,
      unit.text(measured),
      reference.map { "\($0.name): \(unit.text($0.sample))" } ?? "–",
      ratio.map { aim?.text(ratio: $0) ?? Aim.times($0) } ?? "–",
      both { $0.text(unit) },
      both(isMet),
    ]
  }
}
