/// Levenshtein's: how many letters have to be put in, taken out or changed to make one word of another.
package enum EditDistance {
  package static func between(_ first: String, _ second: String) -> Int {
    let target = Array(second.unicodeScalars)
    var row = Array(0...target.count)
    for (index, letter) in first.unicodeScalars.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in target.indices {
        let change = diagonal + (letter == target[column] ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(change, row[column] + 1, row[column + 1] + 1)
      }
    }
    return row[target.count]
  }

  /// The known name that a misspelled one was probably meant to be; nil when none differs in at most a third of its
  /// letters, and two of them at least.
  static func nearest(to text: String, among known: [String]) -> String? {
    guard text.unicodeScalars.count <= 40 else { return nil }
    let ranked = known.map { (name: $0, distance: between(text.lowercased(), $0)) }
    guard let best = ranked.min(by: { $0.distance < $1.distance }) else { return nil }
    return best.distance <= max(2, best.name.count / 3) ? best.name : nil
  }
}
