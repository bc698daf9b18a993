/// Chooses one version of every skill that is wanted, by the PubGrub algorithm (Weizenbaum, 2018).
///
/// It does no I/O: it says which names it has to know the versions of, is told them, and goes on. What it finds depends
/// on the request and the versions alone, not on the order in which they are provided.
package struct Resolver: Sendable {
  package enum Step: Sendable {
    /// The versions of these have to be provided, sorted; an empty list for those of which there are none.
    case needs([SkillName])
    case solved(Resolution)
    case conflict(ResolutionConflict)
  }

  let request: ResolutionRequest
  let limits: ResolutionLimits
  let explains: Bool
  var catalog = Catalog()
  var solution = PartialSolution()
  var incompatibilities: [Incompatibility] = []
  /// The places of the incompatibilities that speak of each skill.
  var mentions: [[Int]] = []
  /// The skills that something became known of since they were last looked at.
  var changed: [Int] = []
  /// How often each skill took part in a conflict.
  var quarrels: [Int] = []
  /// For each skill the dependencies that were turned into incompatibilities, and for which of its versions.
  var known: [[(reference: SkillReference, versions: VersionSet)]] = []
  /// The versions of each skill of which all needs were turned into incompatibilities.
  var prepared: [VersionSet] = []
  var lookahead = Lookahead()
  var decisions = 0
  private var hasStarted = false
  /// The incompatibility that shows that there is no solution, once that is known.
  private var dead: Int?
  private var end: Step?

  package init(_ request: ResolutionRequest) {
    self.init(request, limits: .standard)
  }

  /// - Parameter explains: Whether a conflict is put into words, which is wasted on one that is only looked for.
  init(_ request: ResolutionRequest, limits: ResolutionLimits, explains: Bool = true) {
    self.explains = explains
    self.request = request
    self.limits = limits
    for root in request.roots { lookahead.expect(catalog.identifier(of: root.name), root.range) }
    for name in request.locked.keys.sorted() { lookahead.expect(catalog.identifier(of: name), nil) }
  }

  /// Tells of the versions that can be had of a skill; none when there is no such skill.
  ///
  /// What was provided first stays.
  package mutating func provide(_ versions: [AvailableVersion], of name: SkillName) {
    catalog.provide(SkillVersions(versions, of: name, for: request))
  }

  /// Goes on until something has to be provided, or to the end, which it then repeats.
  package mutating func step() -> Step {
    if let end { return end }
    if !hasStarted { start() }
    guard hasStarted, let step = run() else { return .needs(wanted()) }
    end = step
    return step
  }

  /// Takes what the project wants as the first incompatibilities, once the versions of all of it are known.
  private mutating func start() {
    let roots = request.roots.map { catalog.identifier(of: $0.name) }
    guard roots.allSatisfy(catalog.isProvided) else { return }
    hasStarted = true
    for (root, skill) in zip(request.roots, roots) where dead == nil {
      introduce(skill)
      let others = catalog[skill].all.subtracting(catalog.admits(root.range, of: skill))
      add(Incompatibility(terms: [Incompatibility.Term(skill: skill, states: others)], cause: .root(root)))
      dead = examine(incompatibilities.count - 1)
    }
  }

  /// Derives and decides in turn; nil when versions have to be provided before it can go on.
  private mutating func run() -> Step? {
    while dead == nil {
      dead = settle()
      if dead != nil { break }
      guard let skill = nextSkill() else { return .solved(resolution) }
      guard decisions < limits.decisions, incompatibilities.count < limits.incompatibilities else {
        return .conflict(.exhausted(limits))
      }
      switch decide(skill) {
      case .waiting: return nil
      case .broken(let place): dead = place
      case .progress: continue
      }
    }
    return dead.flatMap { report($0) }
  }

  /// The report of a conflict without a way out; nil when it has to know more to suggest one.
  private mutating func report(_ place: Int) -> Step? {
    guard explains else { return .conflict(ResolutionConflict(explanation: [], suggestions: [])) }
    var missing: Set<SkillName> = []
    let conflict = ConflictReport(self, of: place).conflict(missing: &missing)
    for name in missing { _ = catalog.identifier(of: name) }
    return conflict.map { .conflict($0) }
  }

  /// Looks ahead as far as it can, so that much can be fetched at once, and names all that is missing.
  private mutating func wanted() -> [SkillName] {
    if dead != nil { return catalog.missing }
    for skill in solution.undecided {
      if let version = preferred(of: skill) { lookahead.follow(skill, version, in: &catalog) }
    }
    lookahead.run(in: &catalog)
    return catalog.missing
  }
}
