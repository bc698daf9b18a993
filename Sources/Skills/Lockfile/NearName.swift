/// The known name that a misspelled one was probably meant to be.
enum NearName {
  /// Nil when none differs in at most a third of its letters, and two of them at least.
  static func nearest(to text: String, among known: [String]) -> String? {
    guard text.unicodeScalars.count <= 40 else { return nil }
    let ranked = known.map { (name: $0, distance: EditDistance.between(text.lowercased(), $0)) }
    guard let best = ranked.min(by: { $0.distance < $1.distance }) else { return nil }
    return best.distance <= max(2, best.name.count / 3) ? best.name : nil
  }
}
