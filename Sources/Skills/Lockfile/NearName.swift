/// The known name that a misspelled one was probably meant to be.
enum NearName {
  /// Nil when none differs in at most a third of its letters, and two of them at least.
  static func nearest(to text: String, among known: [String]) -> String? {
    guard text.unicodeScalars.count <= 40 else { return nil }
    let ranked = known.map { (name: $0, distance: distance(text.lowercased(), $0)) }
    guard let best = ranked.min(by: { $0.distance < $1.distance }) else { return nil }
    return best.distance <= max(2, best.name.count / 3) ? best.name : nil
  }

  /// How many letters have to be put in, taken out or changed.
  private static func distance(_ left: String, _ right: String) -> Int {
    let right = Array(right.unicodeScalars)
    var row = Array(0...right.count)
    for (index, letter) in left.unicodeScalars.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in right.indices {
        let change = diagonal + (letter == right[column] ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(change, row[column] + 1, row[column + 1] + 1)
      }
    }
    return row[right.count]
  }
}
