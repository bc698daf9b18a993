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
}
