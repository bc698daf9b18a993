import Skills

extension Finding {
  /// How an entry on the disk differs from what was locked.
  ///
  /// - Parameters:
  ///   - changes: Inside of `path`, sorted.
  ///   - found: What is there instead, as the disk spells it.
  init(fault rule: Rule, at path: String, paths changes: [String] = [], found: String? = nil) {
    self.init(rule, at: path, Message(Self.sentence(rule, path, changes, found ?? ""), limit: 1_000))
    (self.changes, self.found) = (changes, found)
  }

  private static func sentence(_ rule: Rule, _ path: String, _ changes: [String], _ found: String) -> String {
    let entry = "'\(path)'"
    switch rule {
    case .missing: return "\(entry) is missing"
    case .edited: return "\(entry) was edited: \(changes.listing(first: 8))"
    case .otherVersion: return "\(entry) holds version \(found.isEmpty ? "of no number" : found)"
    case .otherContent: return "\(entry) holds other content than was locked"
    case .otherSkill: return "\(entry) holds another skill: \(found)"
    case .notOurs: return "\(entry) is \(found.isEmpty ? "a folder" : found), and not what agent-mesh installed"
    case .linkMissing: return "the link \(entry) is missing"
    case .linkBroken: return "the link \(entry) leads nowhere: \(found)"
    case .linkElsewhere: return "the link \(entry) leads elsewhere: \(found)"
    case .linkBlocked: return "in the place of the link \(entry) is \(found)"
    case .disagreement: return "the record in \(entry) says something else than was locked"
    case .copyDiffers: return "the copy \(entry) differs\(changes.isEmpty ? "" : ": \(changes.listing(first: 8))")"
    default: return "\(entry) cannot be read: \(found)"
    }
  }
}

extension [String] {
  /// The first so many of them, and how many there are beside.
  package func listing(first most: Int) -> String {
    let shown = prefix(most).joined(separator: ", ")
    return count > most ? "\(shown) and \(count - most) more" : shown
  }
}
