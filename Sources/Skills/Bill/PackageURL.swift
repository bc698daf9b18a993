/// The package URL of a locked skill (ECMA-427): `pkg:generic/acme/reviewer@1.2.0?checksum=sha256:…`.
///
/// No type is registered for skills, so the generic one stands, with the checksum that makes it exact.
enum PackageURL {
  static func text(of skill: LockedSkill) -> String {
    let path =
      switch skill.origin {
      case .registry(let name, _, _, _): "\(name.author)/\(name.slug)"
      case .source: skill.folder.rawValue
      }
    let version = version(of: skill).map { "@" + encoded($0) } ?? ""
    var qualifiers = ["checksum=\(skill.digest)"]
    switch skill.source {
    case .git(let url, _, _):
      qualifiers.append("vcs_url=" + encoded("git+" + url + (skill.commit.map { "@" + $0 } ?? "")))
    case .archive(let url): qualifiers.append("download_url=" + encoded(plain(url)))
    case .path, .wellKnown, nil: break
    }
    return "pkg:generic/\(path)\(version)?" + qualifiers.joined(separator: "&")
  }

  /// Of a source its commit, whole, where its SKILL.md names no version.
  static func version(of skill: LockedSkill) -> String? {
    switch skill.origin {
    case .registry(_, let number, _, _): number.description
    case .source(_, let commit, let version): version ?? commit
    }
  }

  /// An address without its query, which may hold a token, and without its fragment.
  static func plain(_ address: String) -> String { String(address.prefix { $0 != "?" && $0 != "#" }) }

  private static func encoded(_ text: String) -> String { PercentEncoding.component(text, keeping: ":/") }
}
