/// What is decided and derived so far, in the order it was, so that it can be taken back.
struct PartialSolution: Sendable {
  struct Assignment: Sendable {
    var skill: Int
    /// What this alone says of the skill.
    var claim: VersionSet
    /// What is left of the skill's states by this and everything before.
    var after: VersionSet
    /// How many decisions had been made, this one included.
    var level: Int
    /// The place of the incompatibility that it follows from; nil for a decision.
    var cause: Int?
  }

  private(set) var trail: [Assignment] = []
  private(set) var level = 0
  /// What is left of every skill's states.
  private(set) var states: [VersionSet] = []
  /// Where in the trail each skill appears.
  private var places: [[Int]] = []
  private(set) var isDecided: [Bool] = []
  /// The skills that have to be installed, in the order in which that became known, and where in the trail it did.
  private var required: [(skill: Int, place: Int)] = []
  private var all: [VersionSet?] = []

  func isKnown(_ skill: Int) -> Bool { skill < all.count && all[skill] != nil }

  /// Makes place for a skill of which `all` are the states.
  mutating func introduce(_ skill: Int, all states: VersionSet) {
    while all.count <= skill {
      all.append(nil)
      self.states.append(VersionSet(bits: 1))
      places.append([])
      isDecided.append(false)
    }
    all[skill] = states
    self.states[skill] = states
  }

  /// The skills that have to be installed and that no decision was made on, the longest known first.
  var undecided: some Sequence<Int> { required.lazy.map(\.skill).filter { !isDecided[$0] } }

  /// Every skill that is installed, with its version.
  var decisions: [(skill: Int, version: Int)] {
    required.compactMap { item in states[item.skill].last.map { (item.skill, $0) } }
  }

  mutating func decide(_ skill: Int, _ version: Int, of all: VersionSet) {
    level += 1
    isDecided[skill] = true
    let claim = all.only(version)
    append(Assignment(skill: skill, claim: claim, after: claim, level: level, cause: nil))
  }

  mutating func derive(_ skill: Int, _ claim: VersionSet, from cause: Int) {
    let after = states[skill].intersection(claim)
    append(Assignment(skill: skill, claim: claim, after: after, level: level, cause: cause))
  }

  private mutating func append(_ assignment: Assignment) {
    let skill = assignment.skill
    if assignment.after.isInstalled, !states[skill].isInstalled { required.append((skill, trail.count)) }
    places[skill].append(trail.count)
    states[skill] = assignment.after
    trail.append(assignment)
  }

  /// Takes back everything after the decision number `level`.
  mutating func backtrack(to level: Int) {
    while let last = trail.last, last.level > level {
      trail.removeLast()
      let skill = last.skill
      places[skill].removeLast()
      if last.cause == nil { isDecided[skill] = false }
      if let place = places[skill].last {
        states[skill] = trail[place].after
      } else if let states = all[skill] {
        self.states[skill] = states
      }
    }
    while let last = required.last, last.place >= trail.count { required.removeLast() }
    self.level = level
  }

  /// The first place in the trail from which on `skill` is known to be in `states`, given `claim` of it besides.
  ///
  /// -1 when the claim alone is enough.
  func satisfier(of skill: Int, in states: VersionSet, given claim: VersionSet? = nil) -> Int {
    if let claim, claim.isSubset(of: states) { return -1 }
    let places = places[skill]
    // What is left of a skill becomes less from place to place.
    var (low, high) = (0, places.count)
    while low < high {
      let middle = (low + high) / 2
      let after = trail[places[middle]].after
      let isEnough = (claim.map { after.intersection($0) } ?? after).isSubset(of: states)
      if isEnough { high = middle } else { low = middle + 1 }
    }
    return low < places.count ? places[low] : -1
  }

  /// The number of decisions before the assignment at a place was made.
  func level(at place: Int) -> Int { place < 0 ? 0 : trail[place].level }
}
