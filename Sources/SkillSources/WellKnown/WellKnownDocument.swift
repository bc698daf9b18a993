import Foundation
import Skills

/// The skills index of a site, of either version (`/.well-known/agent-skills/index.json`).
struct WellKnownDocument: Sendable {
  struct Entry: Sendable {
    enum Content: Sendable {
      /// One SKILL.md. The address is as the document has it.
      case markdown(url: String, Digest)
      case archive(url: String, Digest)
      /// Fetched one by one from beside the document (version 0.1.0).
      case files([String])
    }

    var name: SkillSlug
    var content: Content
  }

  /// Why a document is not used.
  enum Refusal: Error, Hashable, Sendable {
    /// Not a JSON object: perhaps no index at all, so the next address is tried.
    case notJSON
    case unknownSchema(String)
    case invalid(String)

    var text: String {
      switch self {
      case .notJSON: "it is not a JSON object"
      case .unknownSchema(let schema):
        "its $schema is '\(TerminalText.escaped(schema, limit: 120))', which is not known"
      case .invalid(let reason): reason
      }
    }
  }

  static let schema = "https://schemas.agentskills.io/discovery/0.2.0/schema.json"
  static let maximumEntries = 1_000
  static let maximumFiles = 1_000

  let entries: [Entry]

  init(parsing bytes: [UInt8]) throws(Refusal) {
    let value = try? JSONSerialization.jsonObject(with: Data(bytes))
    guard let object = value as? [String: Any] else { throw .notJSON }
    guard let list = object["skills"] as? [Any] else { throw .invalid("it has no list of skills") }
    guard list.count <= Self.maximumEntries else { throw .invalid("it lists more than \(Self.maximumEntries) skills") }
    switch object["$schema"] {
    case nil: entries = try Self.filed(list)
    case let schema as String where schema == Self.schema: entries = try Self.digested(list)
    case let other?: throw .unknownSchema("\(other)")
    }
    guard Set(entries.map(\.name)).count == entries.count else { throw .invalid("it lists a name twice") }
  }

  /// Version 0.2.0: an entry that is not valid is passed over, unless none is.
  private static func digested(_ list: [Any]) throws(Refusal) -> [Entry] {
    let entries = list.compactMap { item -> Entry? in
      guard let fields = item as? [String: Any], let name = name(in: fields), isDescribed(fields, limit: 1_024),
        let url = fields["url"] as? String, !url.isEmpty, let text = fields["digest"] as? String,
        text.hasPrefix("sha256:"), text == text.lowercased(), let digest = Digest(text)
      else { return nil }
      switch fields["type"] as? String {
      case "skill-md": return Entry(name: name, content: .markdown(url: url, digest))
      case "archive": return Entry(name: name, content: .archive(url: url, digest))
      default: return nil
      }
    }
    if entries.isEmpty, !list.isEmpty { throw .invalid("none of its entries is valid") }
    return entries
  }

  /// Version 0.1.0, which has no `$schema`: one entry that is not valid makes the document worthless.
  private static func filed(_ list: [Any]) throws(Refusal) -> [Entry] {
    var entries: [Entry] = []
    for item in list {
      guard let fields = item as? [String: Any], let name = name(in: fields), isDescribed(fields, limit: .max),
        let files = fields["files"] as? [String], areComplete(files)
      else { throw .invalid("its entry number \(entries.count + 1) is not valid") }
      entries.append(Entry(name: name, content: .files(files)))
    }
    return entries
  }

  private static func name(in fields: [String: Any]) -> SkillSlug? {
    (fields["name"] as? String).flatMap { try? SkillSlug(parsing: $0) }
  }

  /// - Parameter limit: UTF-16 units.
  private static func isDescribed(_ fields: [String: Any], limit: Int) -> Bool {
    guard let text = fields["description"] as? String else { return false }
    return !text.isEmpty && text.utf16.count <= limit
  }

  private static func areComplete(_ files: [String]) -> Bool {
    guard files.count <= maximumFiles, files.contains(where: { $0.lowercased() == "skill.md" }) else { return false }
    return files.allSatisfy { (try? SkillPath(parsing: $0)) != nil } && Set(files).count == files.count
  }
}
