/// Terms that must not all be true at once, and why.
struct Incompatibility: Sendable {
  /// That a skill is in one of some states.
  struct Term: Sendable {
    var node: NodeID
    var states: VersionSet
  }

  enum Cause: Sendable {
    /// The project wants this.
    case root(SkillReference)
    /// The skill is pinned.
    case pin(NodeID)
    /// These versions of a skill depend on that.
    case dependency(of: NodeID, in: VersionSet, on: SkillReference)
    /// It is the resolvent of two others.
    case derived(IncompatibilityID, IncompatibilityID)
  }

  /// At most one for a skill.
  var terms: [Term]
  var cause: Cause

  func states(of node: NodeID) -> VersionSet? {
    terms.first { $0.node == node }?.states
  }

  /// What follows from this and `other`, in one of which `node` has to be in a state it does not have in the other.
  ///
  /// This is the rule of resolution over many-valued variables: the states of the pivot are united, those of all other
  /// skills intersected; a term that is always true is dropped.
  func resolvent(with other: Incompatibility, on node: NodeID, all: VersionSet, cause: Cause) -> Incompatibility {
    var result: [Term] = []
    for term in terms {
      guard let states = other.states(of: term.node) else {
        result.append(term)
        continue
      }
      if term.node != node {
        result.append(Term(node: term.node, states: term.states.intersection(states)))
      } else if case let union = term.states.union(states), union != all {
        result.append(Term(node: node, states: union))
      }
    }
    result += other.terms.filter { states(of: $0.node) == nil }
    return Incompatibility(terms: result, cause: cause)
  }
}
