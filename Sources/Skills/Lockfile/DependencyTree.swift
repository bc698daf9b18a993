/// What the manifest wants and what that needs in turn, as `agent-mesh skills tree` shows it.
package struct DependencyTree: Hashable, Sendable, Codable {
  /// Deeper than any graph that people make; what lies below is left out, and said to be.
  package static let maximumDepth = 64

  /// How much of a node is shown.
  package enum Detail: String, Hashable, Sendable, Codable {
    /// Its children are all it needs.
    case whole
    /// What it needs is shown where it stands first.
    case repeated
    /// It needs itself, by way of those above it.
    case cycle
    /// It lies too deep.
    case cut
    /// It is needed, and not locked.
    case missing
  }

  package struct Node: Hashable, Sendable, Codable {
    /// Nil for what is not locked.
    package var folder: String?
    /// `author/slug`, or the source.
    package var reference: String
    package var version: String?
    /// As whoever wants it wrote the range; nil for any version.
    package var wanted: String?
    package var detail: Detail
    package var children: [Node]
  }

  package private(set) var roots: [Node] = []

  package init(of lock: Lockfile, for manifest: ProjectManifest) {
    var growth = Growth(lock)
    for name in manifest.skills.keys.sorted() {
      let reference = SkillReference(name: name, range: manifest.skills[name]?.range)
      roots.append(growth.node(for: reference))
    }
    for (folder, source) in manifest.sources.sorted(by: { $0.key < $1.key }) {
      if let skill = lock[folder], skill.source != nil {
        roots.append(growth.node(of: skill, wanted: nil))
      } else {
        roots.append(Node(reference: source.description, detail: .missing, children: []))
      }
    }
  }

  private struct Growth {
    private let lock: Lockfile
    private var shown: Set<SkillSlug> = []
    private var above: [SkillSlug] = []

    init(_ lock: Lockfile) {
      self.lock = lock
    }

    mutating func node(for reference: SkillReference) -> Node {
      let wanted = reference.range?.description
      guard let skill = lock[reference.name] else {
        return Node(reference: reference.name.description, wanted: wanted, detail: .missing, children: [])
      }
      return node(of: skill, wanted: wanted)
    }

    mutating func node(of skill: LockedSkill, wanted: String?) -> Node {
      var node = Node(
        folder: skill.folder.rawValue, reference: skill.reference, version: skill.version, wanted: wanted,
        detail: .whole, children: [])
      if skill.dependencies.isEmpty { return node }
      if above.contains(skill.folder) {
        node.detail = .cycle
      } else if shown.contains(skill.folder) {
        node.detail = .repeated
      } else if above.count >= maximumDepth {
        node.detail = .cut
      } else {
        shown.insert(skill.folder)
        above.append(skill.folder)
        for dependency in skill.dependencies { node.children.append(self.node(for: dependency)) }
        above.removeLast()
      }
      return node
    }
  }
}

extension DependencyTree {
  /// The tree, a node a line.
  ///
  ///     acme/reviewer 1.2.0 (^1.2)
  ///     └── acme/base 1.4.0 (^1)
  package var lines: [Message] {
    roots.flatMap { [Self.line(of: $0)] + Self.lines(below: $0, indent: "") }
  }

  private static func lines(below node: Node, indent: Message) -> [Message] {
    var lines: [Message] = []
    for (index, child) in node.children.enumerated() {
      let isLast = index == node.children.count - 1
      lines.append(indent + (isLast ? "└── " : "├── ") + line(of: child))
      lines += Self.lines(below: child, indent: indent + (isLast ? "    " : "│   "))
    }
    return lines
  }

  private static func line(of node: Node) -> Message {
    var words = [Message(node.reference)]
    if let version = node.version { words.append(Message(version)) }
    if let wanted = node.wanted { words.append("(\(wanted))") }
    switch node.detail {
    case .whole: break
    case .repeated: words.append("[shown above]")
    case .cycle: words.append("[needs itself]")
    case .cut: words.append("[too deep to show]")
    case .missing: words.append("[not locked]")
    }
    return words.joined(separator: " ")
  }
}
