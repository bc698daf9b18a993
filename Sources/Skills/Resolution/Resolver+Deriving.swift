extension Resolver {
  /// Unit propagation: derives what follows, resolving conflicts on the way, until nothing more does or this step is
  /// over.
  ///
  /// - Returns: The incompatibility that shows that there is no solution, if that is so.
  mutating func propagate() -> IncompatibilityID? {
    while !isDue, let node = changed.popLast() {
      retire(node)
      // The newest first: what was learned last tells most.
      for id in mentions[node].reversed() {
        if let failed = propagate(through: id) { return failed }
      }
    }
    return nil
  }

  /// Forgets the incompatibilities of a skill that hold whatever is decided: those of versions that are out for good.
  private mutating func retire(_ node: NodeID) {
    if solution.level == .root {
      for id in mentions[node] where !retired[id.index] {
        let isOver = incompatibilities[id.index].terms.contains {
          solution.states[$0.node].isDisjoint(with: $0.states)
        }
        if isOver { retired[id.index] = true }
      }
    }
    spend(mentions[node].count)
    mentions[node].removeAll { retired[$0.index] }
  }

  /// Derives what an incompatibility that is almost satisfied says; resolves the conflict of one that is satisfied.
  mutating func propagate(through id: IncompatibilityID) -> IncompatibilityID? {
    switch relation(to: id) {
    case .inconclusive: return nil
    case .almostSatisfied(let term): derive(from: term, of: id)
    case .satisfied: return resolveConflict(id)
    }
    return nil
  }

  /// What the partial solution says of an incompatibility.
  private enum Relation {
    /// A term is false, or more than one is open.
    case inconclusive
    /// All terms are true but the one at this index, which is open.
    case almostSatisfied(Int)
    case satisfied
  }

  private mutating func relation(to id: IncompatibilityID) -> Relation {
    var open: Int?
    let terms = incompatibilities[id.index].terms
    spend(terms.count)
    for index in terms.indices {
      let states = solution.states[terms[index].node]
      if states.isSubset(of: terms[index].states) { continue }
      if open != nil || states.isDisjoint(with: terms[index].states) { return .inconclusive }
      open = index
    }
    return open.map { .almostSatisfied($0) } ?? .satisfied
  }

  private mutating func derive(from index: Int, of id: IncompatibilityID) {
    let term = incompatibilities[id.index].terms[index]
    solution.derive(term.node, catalog.allStates(of: term.node).subtracting(term.states), from: id)
    changed.append(term.node)
  }

  /// Conflict resolution: finds the root cause of a conflict, adds it, and goes back to where it can be avoided.
  ///
  /// - Returns: As `propagate`.
  private mutating func resolveConflict(_ conflict: IncompatibilityID) -> IncompatibilityID? {
    var id = conflict
    while true {
      guard let satisfier = satisfier(of: incompatibilities[id.index]) else { return id }
      guard let cause = satisfier.cause, satisfier.level == satisfier.previousLevel else {
        return backjump(id, to: satisfier.previousLevel)
      }
      let resolvent = incompatibilities[id.index].resolvent(
        with: incompatibilities[cause.index], on: satisfier.node, all: catalog.allStates(of: satisfier.node),
        cause: .derived(id, cause))
      spend(resolvent.terms.count)
      // What is on the way to the root cause is kept for the explanation, and never propagated.
      id = append(resolvent)
    }
  }

  private mutating func backjump(_ id: IncompatibilityID, to level: DecisionLevel) -> IncompatibilityID? {
    for term in incompatibilities[id.index].terms { conflictCounts[term.node] += 1 }
    solution.backtrack(to: level)
    changed.removeAll(keepingCapacity: true)
    // What seemed best before may be second best after a step back.
    candidate = nil
    if case .derived = incompatibilities[id.index].cause {
      for term in incompatibilities[id.index].terms { mentions[term.node].append(id) }
    }
    return propagate(through: id)
  }

  /// The assignment by which an incompatibility becomes satisfied.
  private struct Satisfier {
    var node: NodeID
    /// The incompatibility that a derivation follows from; nil for a decision.
    var cause: IncompatibilityID?
    var level: DecisionLevel
    /// The level of the previous satisfier: the last assignment without which the rest would not satisfy it.
    var previousLevel: DecisionLevel
  }

  /// Nil when an incompatibility is satisfied without any assignment, and there is no way out.
  private func satisfier(of incompatibility: Incompatibility) -> Satisfier? {
    let terms = incompatibility.terms
    var last: (assignment: Int, term: Int)?
    let satisfiers = terms.map { solution.satisfier(of: $0) }
    for (term, assignment) in satisfiers.enumerated() {
      guard let assignment, assignment > last?.assignment ?? -1 else { continue }
      last = (assignment, term)
    }
    guard let last else { return nil }
    let assignment = solution.assignments[last.assignment]
    var previous = solution.level(of: solution.satisfier(of: terms[last.term], given: assignment.states))
    for (term, other) in satisfiers.enumerated() where term != last.term {
      previous = max(previous, solution.level(of: other))
    }
    return Satisfier(
      node: assignment.node, cause: assignment.cause, level: assignment.level, previousLevel: previous)
  }
}
