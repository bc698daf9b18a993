extension Resolver {
  /// Derives what follows, learning from conflicts on the way, until nothing more does or this step is over.
  ///
  /// - Returns: The place of the incompatibility that shows that nothing can be chosen, if that is so.
  mutating func settle() -> Int? {
    while !isDue, let skill = changed.popLast() {
      retire(skill)
      // The newest first: what was learned last tells most.
      for place in mentions[skill].reversed() {
        if let broken = examine(place) { return broken }
      }
    }
    return nil
  }

  /// Forgets the incompatibilities of a skill that hold whatever is decided: those of versions that are out for good.
  private mutating func retire(_ skill: Int) {
    if solution.level == 0 {
      for place in mentions[skill] where !retired[place] {
        let isOver = incompatibilities[place].terms.contains { solution.states[$0.skill].isDisjoint(with: $0.states) }
        if isOver { retired[place] = true }
      }
    }
    spend(mentions[skill].count)
    mentions[skill].removeAll { retired[$0] }
  }

  /// Derives what an incompatibility says, if it leaves but one way out; learns when it leaves none.
  mutating func examine(_ place: Int) -> Int? {
    switch standing(of: place) {
    case .open: return nil
    case .oneLeft(let term): derive(term, from: place)
    case .violated: return learn(from: place)
    }
    return nil
  }

  private enum Standing {
    case open
    case oneLeft(Int)
    case violated
  }

  private mutating func standing(of place: Int) -> Standing {
    var left: Int?
    let terms = incompatibilities[place].terms
    spend(terms.count)
    for index in terms.indices {
      let states = solution.states[terms[index].skill]
      if states.isSubset(of: terms[index].states) { continue }
      if left != nil || states.isDisjoint(with: terms[index].states) { return .open }
      left = index
    }
    return left.map { .oneLeft($0) } ?? .violated
  }

  private mutating func derive(_ index: Int, from place: Int) {
    let term = incompatibilities[place].terms[index]
    solution.derive(term.skill, catalog.allStates(of: term.skill).subtracting(term.states), from: place)
    changed.append(term.skill)
  }

  /// Finds the root of a conflict, notes it, and goes back to where it can be avoided.
  ///
  /// - Returns: As `settle`.
  private mutating func learn(from place: Int) -> Int? {
    var place = place
    while true {
      guard let pivot = pivot(of: incompatibilities[place]) else { return place }
      guard let cause = pivot.cause, pivot.level == pivot.previousLevel else {
        return avoid(place, at: pivot)
      }
      let resolved = incompatibilities[place].resolved(
        with: incompatibilities[cause], on: pivot.skill, all: catalog.allStates(of: pivot.skill),
        cause: .derived(place, cause))
      // What is on the way to the lesson is kept for the explanation, but never examined.
      append(resolved)
      spend(resolved.terms.count)
      place = incompatibilities.count - 1
    }
  }

  private mutating func avoid(_ place: Int, at pivot: Pivot) -> Int? {
    for term in incompatibilities[place].terms { quarrels[term.skill] += 1 }
    solution.backtrack(to: pivot.previousLevel)
    changed.removeAll(keepingCapacity: true)
    // What seemed best before may be second best after a step back.
    candidate = nil
    if case .derived = incompatibilities[place].cause {
      for term in incompatibilities[place].terms { mentions[term.skill].append(place) }
    }
    return examine(place)
  }

  private struct Pivot {
    var skill: Int
    /// What the last assignment that the conflict needs followed from; nil when it was a decision.
    var cause: Int?
    var level: Int
    /// The decision up to which everything else that the conflict needs was there.
    var previousLevel: Int
  }

  /// The last assignment without which the conflict would not be; nil when there is none, and no way out.
  private func pivot(of incompatibility: Incompatibility) -> Pivot? {
    let places = incompatibility.terms.map { solution.satisfier(of: $0.skill, in: $0.states) }
    guard let last = places.max(), last >= 0, let index = places.firstIndex(of: last) else { return nil }
    let assignment = solution.trail[last]
    let term = incompatibility.terms[index]
    var previous = solution.satisfier(of: term.skill, in: term.states, given: assignment.claim)
    for (other, place) in places.enumerated() where other != index { previous = max(previous, place) }
    return Pivot(
      skill: term.skill, cause: assignment.cause, level: assignment.level,
      previousLevel: solution.level(at: previous))
  }
}
