/// The assignments so far, in the order in which they were made, so that the last ones can be undone.
struct PartialSolution: Sendable {
  struct Assignment: Sendable {
    var node: NodeID
    /// The term that this alone assigns: the states that it leaves the skill.
    var states: VersionSet
    /// What is left of the skill's states by this and all assignments before.
    var remaining: VersionSet
    var level: DecisionLevel
    /// The incompatibility that a derivation follows from; nil for a decision.
    var cause: IncompatibilityID?
  }

  private(set) var assignments: [Assignment] = []
  private(set) var level = DecisionLevel.root
  /// What is left of every skill's states.
  private(set) var states = NodeTable<VersionSet>()
  /// The indices of the assignments to each skill.
  private var history = NodeTable<[Int]>()
  private(set) var isDecided = NodeTable<Bool>()
  /// The skills that have to be installed, in the order in which that became known, and the assignment by which it did.
  private var required: [(node: NodeID, assignment: Int)] = []
  private var all = NodeTable<VersionSet?>()

  func isKnown(_ node: NodeID) -> Bool { node.index < all.count && all[node] != nil }

  /// Adds a skill of which `all` are the states.
  mutating func introduce(_ node: NodeID, all states: VersionSet) {
    while all.count <= node.index {
      all.append(nil)
      self.states.append(VersionSet(bits: 1))
      history.append([])
      isDecided.append(false)
    }
    all[node] = states
    self.states[node] = states
  }

  /// The skills that have to be installed and that no decision was made on, the longest known first.
  var undecided: some Sequence<NodeID> { required.lazy.map(\.node).filter { !isDecided[$0] } }

  /// Every skill that is installed, with its version.
  var decisions: [(node: NodeID, version: SkillState)] {
    required.compactMap { item in states[item.node].last.map { (item.node, $0) } }
  }

  mutating func decide(_ node: NodeID, _ version: SkillState, of all: VersionSet) {
    level = level.next
    isDecided[node] = true
    let states = all.only(version)
    append(Assignment(node: node, states: states, remaining: states, level: level, cause: nil))
  }

  mutating func derive(_ node: NodeID, _ states: VersionSet, from cause: IncompatibilityID) {
    let remaining = self.states[node].intersection(states)
    append(Assignment(node: node, states: states, remaining: remaining, level: level, cause: cause))
  }

  private mutating func append(_ assignment: Assignment) {
    let node = assignment.node
    if assignment.remaining.isInstalled, !states[node].isInstalled { required.append((node, assignments.count)) }
    history[node].append(assignments.count)
    states[node] = assignment.remaining
    assignments.append(assignment)
  }

  /// Undoes all assignments after those of a level.
  mutating func backtrack(to level: DecisionLevel) {
    while let last = assignments.last, last.level > level {
      assignments.removeLast()
      let node = last.node
      history[node].removeLast()
      if last.cause == nil { isDecided[node] = false }
      if let previous = history[node].last {
        states[node] = assignments[previous].remaining
      } else if let states = all[node] {
        self.states[node] = states
      }
    }
    while let last = required.last, last.assignment >= assignments.count { required.removeLast() }
    self.level = level
  }

  /// The satisfier of a term: the index of the first assignment by which it is true, given also what one other
  /// assignment says of the skill; nil when that alone is enough.
  func satisfier(of term: Incompatibility.Term, given states: VersionSet? = nil) -> Int? {
    if let states, states.isSubset(of: term.states) { return nil }
    let history = history[term.node]
    // What is left of a skill only shrinks from one assignment to the next.
    var (low, high) = (0, history.count)
    while low < high {
      let middle = (low + high) / 2
      let remaining = assignments[history[middle]].remaining
      let isEnough = (states.map { remaining.intersection($0) } ?? remaining).isSubset(of: term.states)
      if isEnough { high = middle } else { low = middle + 1 }
    }
    return low < history.count ? history[low] : nil
  }

  /// The level of an assignment; that before all decisions where there is none.
  func level(of assignment: Int?) -> DecisionLevel { assignment.map { assignments[$0].level } ?? .root }
}
