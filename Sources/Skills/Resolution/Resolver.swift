/// Chooses one version of every skill that is wanted, by the PubGrub algorithm (Weizenbaum, 2018).
///
/// It does no I/O: it says which names it has to know the versions of, is given them, and goes on. What it finds
/// depends on the request and the versions alone, not on the order in which they are provided.
package struct Resolver: Sendable {
  package enum Step: Sendable {
    /// The versions of these have to be provided, sorted; an empty list for those of which there are none.
    case needs([SkillName])
    case solved(Resolution)
    case conflict(ResolutionConflict)
    /// There is more to do: call it again, unless nobody waits for the answer any more.
    case working
  }

  let request: ResolutionRequest
  let limits: ResolutionLimits
  let explains: Bool
  var catalog = Catalog()
  var solution = PartialSolution()
  var incompatibilities: [Incompatibility] = []
  /// The incompatibilities with a term about each skill.
  var mentions = NodeTable<[IncompatibilityID]>()
  /// The skills with new assignments, which unit propagation has to look at.
  var changed: [NodeID] = []
  /// How often each skill took part in a conflict.
  var conflictCounts = NodeTable<Int>()
  /// Incompatibilities that hold whatever is decided, and have nothing more to say.
  var retired: [Bool] = []
  /// For each skill the dependencies that were turned into incompatibilities, and for which of its versions.
  var known = NodeTable<[SkillReference: [VersionSet]]>()
  /// The versions of each skill of which all dependencies were turned into incompatibilities.
  var prepared = NodeTable<VersionSet>()
  var lookahead = Lookahead()
  var decisions = 0
  /// How many terms were looked at: what a resolution costs, on whatever machine.
  private(set) var work = 0
  /// The work at which this step ends.
  private var pause = 0
  /// A version all of whose dependencies are incompatibilities, and that is decided on unless these forbid it.
  var candidate: (node: NodeID, version: SkillState)?
  private var hasStarted = false
  /// The incompatibility that shows that there is no solution, once that is known.
  private var rootConflict: IncompatibilityID?
  private var end: Step?

  package init(_ request: ResolutionRequest) {
    self.init(request, limits: .standard)
  }

  /// - Parameter explains: Whether a conflict is put into words, which is wasted on one that is only looked for.
  init(_ request: ResolutionRequest, limits: ResolutionLimits, explains: Bool = true) {
    self.explains = explains
    self.request = request
    self.limits = limits
    for root in request.roots { lookahead.expect(catalog.node(of: root.name), root.range) }
    for name in request.locked.keys.sorted() { lookahead.expect(catalog.node(of: name), nil) }
  }

  /// Provides the versions of a skill; none when there is no such skill.
  ///
  /// What was provided first stays.
  ///
  /// - Parameter absence: Why there are none of a skill that exists, or not all, as half a sentence.
  package mutating func provide(_ versions: [AvailableVersion], of name: SkillName, absence: String? = nil) {
    catalog.provide(SkillVersions(versions, of: name, for: request, absence: absence))
  }

  /// Goes on until something has to be provided, for a moment, or to the end, which it then repeats.
  package mutating func step() -> Step {
    if let end { return end }
    pause = work + limits.pace
    if !hasStarted { start() }
    guard hasStarted, let step = run() else { return .needs(wanted()) }
    if case .working = step { return step }
    end = step
    return step
  }

  /// Whether this step has done its part.
  var isDue: Bool { work >= pause }

  mutating func spend(_ terms: Int) { work += terms }

  /// Takes what the project wants as the first incompatibilities, once the versions of all of it are known.
  private mutating func start() {
    let roots = request.roots.map { catalog.node(of: $0.name) }
    guard roots.allSatisfy(catalog.isProvided) else { return }
    hasStarted = true
    for (root, node) in zip(request.roots, roots) where rootConflict == nil {
      introduce(node)
      let others = catalog[node].all.subtracting(catalog.admits(root.range, of: node))
      let id = add(Incompatibility(terms: [Incompatibility.Term(node: node, states: others)], cause: .root(root)))
      rootConflict = propagate(through: id)
    }
  }

  /// Derives and decides in turn; nil when versions have to be provided before it can go on.
  private mutating func run() -> Step? {
    while rootConflict == nil {
      rootConflict = propagate()
      if rootConflict != nil { break }
      guard decisions < limits.decisions, incompatibilities.count < limits.incompatibilities, work < limits.work else {
        return .conflict(.exhausted(troublemakers))
      }
      if isDue { return .working }
      if let candidate {
        decide(candidate.node, candidate.version)
        continue
      }
      guard let node = nextNode() else { return .solved(resolution) }
      guard choose(node) else { return nil }
    }
    return rootConflict.flatMap { report($0) }
  }

  /// The skills that took part in the most conflicts.
  private var troublemakers: [SkillName] {
    let ranked = conflictCounts.nodes.filter { conflictCounts[$0] > 0 }.sorted {
      conflictCounts[$0] > conflictCounts[$1]
    }
    return ranked.prefix(5).map { catalog.name($0) }.sorted()
  }

  /// The report of a conflict without a way out; nil when it has to know more to suggest one.
  private mutating func report(_ id: IncompatibilityID) -> Step? {
    guard explains else { return .conflict(ResolutionConflict(explanation: [], suggestions: [])) }
    var missing: Set<SkillName> = []
    let conflict = ConflictReport(self, of: id).conflict(missing: &missing)
    for name in missing { _ = catalog.node(of: name) }
    return conflict.map { .conflict($0) }
  }

  /// Looks ahead as far as it can, so that much can be fetched at once, and names all that is missing.
  private mutating func wanted() -> [SkillName] {
    if rootConflict != nil { return catalog.missing }
    for node in solution.undecided {
      if let version = preferred(of: node) { lookahead.follow(node, version, in: &catalog) }
    }
    lookahead.run(in: &catalog)
    return catalog.missing
  }
}
