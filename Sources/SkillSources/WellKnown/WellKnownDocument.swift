import FoundationSubset
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
    case invalid(Message)

    var text: Message {
      switch self {
      case .notJSON: "it is not a JSON object"
      case .unknownSchema(let schema):
        "its $schema is '\(schema, limit: 120)', which is not known"
      case .invalid(let reason): reason
      }
    }
  }

  static let schema = "https://schemas.agentskills.io/discovery/0.2.0/schema.json"
  static let maximumEntries = 1_000
  static let maximumFiles = 1_000

  let entries: [Entry]
  /// Entries that cannot be used, by their names, and why.
  let refused: [SourceListing.Refused]

  init(parsing bytes: [UInt8]) throws(Refusal) {
    guard let object = JSONNode(reading: bytes), case .object = object.kind else { throw .notJSON }
    guard let list = object["skills"]?.items else { throw .invalid("it has no list of skills") }
    guard list.count <= Self.maximumEntries else { throw .invalid("it lists more than \(Self.maximumEntries) skills") }
    switch object["$schema"] {
    case nil: (entries, refused) = Self.unique(try Self.filed(list), [])
    case let schema? where schema.string == Self.schema:
      let (good, bad) = Self.digested(list)
      if good.isEmpty, let first = bad.first { throw .invalid("none of its entries is valid: \(first.reason.message)") }
      (entries, refused) = Self.unique(good, bad)
    case let other?: throw .unknownSchema(other.string ?? "no text")
    }
  }

  /// Of two entries with one name the first counts.
  private static func unique(
    _ entries: [Entry], _ refused: [SourceListing.Refused]
  ) -> ([Entry], [SourceListing.Refused]) {
    var (kept, refused): ([Entry], [SourceListing.Refused]) = ([], refused)
    var names: Set<SkillSlug> = []
    for entry in entries {
      if names.insert(entry.name).inserted {
        kept.append(entry)
      } else {
        refused.append(refusal(of: entry.name.rawValue, "the index lists the name twice"))
      }
    }
    return (kept, refused)
  }

  private static func refusal(of name: String, _ reason: Message) -> SourceListing.Refused {
    SourceListing.Refused(location: name, reason: MeshError(.validationError, reason))
  }

  /// Version 0.2.0: an entry that is not valid is left out and reported.
  private static func digested(_ list: [JSONNode]) -> (entries: [Entry], refused: [SourceListing.Refused]) {
    var result: (entries: [Entry], refused: [SourceListing.Refused]) = ([], [])
    for (index, fields) in list.enumerated() {
      do throws(Refusal) {
        result.entries.append(try entry(fields))
      } catch {
        let name = fields["name"]?.string ?? "entry number \(index + 1)"
        result.refused.append(
          refusal(of: Message(name, limit: 80).description, "its entry is not valid: \(error.text)"))
      }
    }
    return result
  }

  private static func entry(_ fields: JSONNode) throws(Refusal) -> Entry {
    guard let name = name(in: fields) else { throw .invalid("its name is none that a skill can have") }
    guard isDescribed(fields, limit: 1_024) else { throw .invalid("its description is missing or too long") }
    guard let url = fields["url"]?.string, !url.isEmpty else { throw .invalid("it has no url") }
    guard let text = fields["digest"]?.string, text.hasPrefix("sha256:"), text == text.lowercased(),
      let digest = Digest(text)
    else { throw .invalid("its digest is not sha256: and 64 digits of 0-9 a-f") }
    switch fields["type"]?.string {
    case "skill-md": return Entry(name: name, content: .markdown(url: url, digest))
    case "archive": return Entry(name: name, content: .archive(url: url, digest))
    case let other: throw .invalid("its type is '\(other ?? "", limit: 40)'")
    }
  }

  /// Version 0.1.0, which has no `$schema`: one entry that is not valid makes the document worthless.
  private static func filed(_ list: [JSONNode]) throws(Refusal) -> [Entry] {
    var entries: [Entry] = []
    for fields in list {
      guard let name = name(in: fields), isDescribed(fields, limit: .max),
        let files = Self.texts(fields["files"]), areComplete(files)
      else { throw .invalid("its entry number \(entries.count + 1) is not valid") }
      entries.append(Entry(name: name, content: .files(files)))
    }
    return entries
  }

  /// Nil for what is no list of texts.
  private static func texts(_ node: JSONNode?) -> [String]? {
    guard let items = node?.items else { return nil }
    let texts = items.compactMap(\.string)
    return texts.count == items.count ? texts : nil
  }

  private static func name(in fields: JSONNode) -> SkillSlug? {
    fields["name"]?.string.flatMap { try? SkillSlug(parsing: $0) }
  }

  /// - Parameter limit: UTF-16 units.
  private static func isDescribed(_ fields: JSONNode, limit: Int) -> Bool {
    guard let text = fields["description"]?.string else { return false }
    return !text.isEmpty && text.utf16.count <= limit
  }

  private static func areComplete(_ files: [String]) -> Bool {
    guard files.count <= maximumFiles, files.contains(where: { $0.lowercased() == "skill.md" }) else { return false }
    return files.allSatisfy { (try? SkillPath(parsing: $0)) != nil } && Set(files).count == files.count
  }
}
