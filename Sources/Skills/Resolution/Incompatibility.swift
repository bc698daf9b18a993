/// Terms that must not all be true at once, and why.
struct Incompatibility: Sendable {
  /// That a skill is in one of some states.
  struct Term: Sendable {
    var skill: Int
    var states: VersionSet
  }

  enum Cause: Sendable {
    /// The project wants this.
    case root(SkillReference)
    /// The skill is pinned.
    case pin(skill: Int)
    /// These versions of a skill need that.
    case dependency(of: Int, in: VersionSet, on: SkillReference)
    /// It follows from two others, by their places in the list.
    case derived(Int, Int)
  }

  /// At most one for a skill.
  var terms: [Term]
  var cause: Cause

  func states(of skill: Int) -> VersionSet? {
    terms.first { $0.skill == skill }?.states
  }

  /// What follows from this and `other`, in one of which `skill` has to be in a state it does not have in the other.
  ///
  /// This is the rule of resolution over many-valued variables: the states of the pivot are united, those of all other
  /// skills intersected; a term that is always true is dropped.
  func resolved(with other: Incompatibility, on skill: Int, all: VersionSet, cause: Cause) -> Incompatibility {
    var result: [Term] = []
    for term in terms {
      guard let states = other.states(of: term.skill) else {
        result.append(term)
        continue
      }
      if term.skill != skill {
        result.append(Term(skill: term.skill, states: term.states.intersection(states)))
      } else if case let union = term.states.union(states), union != all {
        result.append(Term(skill: skill, states: union))
      }
    }
    result += other.terms.filter { states(of: $0.skill) == nil }
    return Incompatibility(terms: result, cause: cause)
  }
}
