import Skills

/// Compares what the catalog says of every version with its archive, and of every skill with its versions.
struct CatalogCheck {
  let database: any SQLDatabase
  let blobs: BlobStore
  /// The blobs that are what was stored; the others have been complained of.
  let sound: Set<Digest>
  let inspect: RegistryStore.Inspection?

  /// Passes one sentence for each contradiction to `report`.
  func run(_ report: (String) -> Void) async throws {
    try await check(Self.versions, report) { try await faults(ofVersion: $0.id) }
    try await check(Self.skills, report) { try await faults(ofSkill: $0.text) }
    let strays = try await database.read { try Catalog.strayRowsOfSearch(on: $0) }
    if strays > 0 { report("\(strays) rows of the search belong to no skill of their kind") }
    let miscounted = try await database.read { try Downloads.miscountedSkills(on: $0) }
    if miscounted > 0 { report("\(miscounted) skills have other totals of downloads than their versions together") }
  }

  private func check(
    _ query: SQL, _ report: (String) -> Void,
    _ faults: ((id: Int64, text: String)) async throws -> [String]
  ) async throws {
    let labels = try await database.read { connection in
      try connection.rows(query).map { (id: try $0.integer("id"), text: try $0.text("label")) }
    }
    for label in labels {
      do {
        for fault in try await faults(label) { report("\(label.text): \(fault)") }
      } catch {
        report("\(label.text): \(error)")
      }
    }
  }

  private static let versions: SQL = """
    SELECT versions.id AS id, authors.name || '/' || slug || '@' || version AS label FROM versions
    JOIN skills ON skills.id = skill_id JOIN authors ON authors.id = author_id ORDER BY versions.id
    """

  private static let skills: SQL = """
    SELECT skills.id AS id, authors.name || '/' || slug AS label FROM skills
    JOIN authors ON authors.id = author_id ORDER BY skills.id
    """

  private func faults(ofVersion id: Int64) async throws -> [String] {
    let row = try await database.read { connection in
      try connection.row("SELECT archive_digest, archive_size, tree_digest FROM versions WHERE id = \(id)")
    }
    guard let row else { return [] }
    let archive = try row.digest("archive_digest")
    let tree = try row.text("tree_digest")
    let manifest = try await Catalog(database: database).manifest(ofVersion: id)
    var faults: [String] = []
    if manifest.treeDigest.description != tree { faults.append("the list of its files does not add up to its digest") }
    guard sound.contains(archive) else { return faults }
    let size = try blobs.open(archive).size
    let claimed = try row.integer("archive_size")
    if claimed != size { faults.append("its archive has \(size) bytes, and the database says \(claimed)") }
    if let found = try inspect?(archive, blobs), found != manifest {
      faults.append("the list of its files is not that of its archive")
    }
    return faults
  }

  private func faults(ofSkill text: String) async throws -> [String] {
    let name = try SkillName(parsing: text)
    return try await database.read { connection in
      guard let history = try Catalog.history(of: name, on: connection) else { return [] }
      var faults: [String] = []
      let newest = history.newestOnOffer
      if newest?.id != history.skill.newestVersionID {
        faults.append("its newest version ought to be \(newest.map { "\($0.version)" } ?? "none")")
      }
      let row = try Catalog.rowOfSearch(history.skill, on: connection)
      let found = try row.map { [try $0.text("author"), try $0.text("slug"), try $0.text("description")] }
      let wanted = newest.map { [name.author.rawValue, name.slug.rawValue, $0.description] }
      if found != wanted { faults.append("the search does not say what its newest version says") }
      return faults
    }
  }
}
