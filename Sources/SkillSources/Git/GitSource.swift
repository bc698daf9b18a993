import Skills

/// Skills in a git repository, as a source names them.
struct GitSource: Sendable {
  let url: String
  let ref: GitReference?
  /// From the root, without slashes at its ends; empty for the root.
  let folder: String
  /// The one protocol that git needs.
  let protocolName: String

  /// - Throws: `usage` for an address or a reference that git is not given.
  init(url: String, ref: String?, folder: String?) throws(MeshError) {
    protocolName = try GitAddress.protocolName(of: url)
    self.url = url
    self.folder = folder ?? ""
    self.ref = try ref.map { (text) throws(MeshError) in try GitReference(parsing: text) }
  }

  /// The source of a skill in another folder.
  func naming(_ folder: String) -> SkillSource {
    .git(url: url, ref: ref?.name, folder: folder.isEmpty ? nil : folder)
  }

  /// What the repository is called.
  var repositoryName: String? {
    guard let last = url.split(separator: "/").last else { return nil }
    return last.hasSuffix(".git") ? String(last.dropLast(4)) : String(last)
  }
}
