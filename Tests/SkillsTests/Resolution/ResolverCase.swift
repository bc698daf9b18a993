import Testing

/// One small graph with what has to come of it.
struct ResolverCase: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var shelf: [String]
  var roots: [String]
  var locked: [String] = []
  var pins: [String] = []
  var before: Double?
  var outcome: String

  init(
    _ description: String, _ shelf: [String], wants roots: [String], locked: [String] = [], pins: [String] = [],
    before: Double? = nil, gives outcome: String
  ) {
    testDescription = description
    self.shelf = shelf
    self.roots = roots
    self.locked = locked
    self.pins = pins
    self.before = before
    self.outcome = outcome
  }
}
