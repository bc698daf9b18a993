extension Int {
  /// With commas between thousands, for a number that is not negative.
  var grouped: String {
    let digits = Array(String(self))
    return digits.indices.map { index in
      let startsGroup = index > 0 && (digits.count - index).isMultiple(of: 3)
      return startsGroup ? ",\(digits[index])" : "\(digits[index])"
    }.joined()
  }

  /// As a number of something, such as `1 file` and `1,200 bytes`.
  func counted(_ one: String) -> String { self == 1 ? "1 \(one)" : "\(grouped) \(one)s" }
}
