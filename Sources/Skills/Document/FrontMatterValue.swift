extension FrontMatter {
  /// A node of the tree and where it starts.
  package struct Value: Sendable {
    package let kind: Kind
    /// From 1, in the document.
    package let line: Int
    /// From 1, in Unicode scalars.
    package let column: Int

    package enum Kind: Sendable {
      case scalar(String, Style)
      case sequence([Value], isFlow: Bool)
      case mapping([Entry], isFlow: Bool)
    }
  }
}

/// Typed views, each nil when the value is something else.
extension FrontMatter.Value {
  /// The text of a scalar that is not null.
  package var string: String? {
    guard case .scalar(let text, _) = kind, !isNull else { return nil }
    return text
  }

  /// Whether nothing was written, or one of YAML's words for nothing.
  package var isNull: Bool {
    guard case .scalar(let text, .plain) = kind else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(text)
  }

  /// `true`, `yes`, `on` and `1`, `false`, `no`, `off` and `0`, in any case and quoted or not.
  package var bool: Bool? { Self.bool(string) }

  static func bool(_ text: String?) -> Bool? {
    switch text?.lowercased() {
    case "true", "yes", "on", "1": true
    case "false", "no", "off", "0": false
    default: nil
    }
  }

  /// The texts of a list whose items are all scalars; one scalar is a list of one.
  package var strings: [String]? {
    switch kind {
    case .scalar: return string.map { [$0] }
    case .sequence(let items, _):
      let texts = items.compactMap(\.string)
      return texts.count == items.count ? texts : nil
    case .mapping: return nil
    }
  }

  package var mapping: [FrontMatter.Entry]? {
    guard case .mapping(let entries, _) = kind else { return nil }
    return entries
  }

  package subscript(_ key: String) -> FrontMatter.Value? {
    mapping?.first { $0.key == key }?.value
  }

  /// Whether a collection is written with brackets.
  package var isFlow: Bool {
    switch kind {
    case .scalar: false
    case .sequence(_, let isFlow), .mapping(_, let isFlow): isFlow
    }
  }
}

extension FrontMatter.Value {
  static func haveSameContent(_ left: [FrontMatter.Entry], _ right: [FrontMatter.Entry]) -> Bool {
    left.count == right.count
      && zip(left, right).allSatisfy { $0.key == $1.key && $0.value.hasSameContent(as: $1.value) }
  }

  private func hasSameContent(as other: Self) -> Bool {
    switch (kind, other.kind) {
    case (.scalar(let left, _), .scalar(let right, _)):
      left == right && isNull == other.isNull
    case (.sequence(let left, _), .sequence(let right, _)):
      left.count == right.count && zip(left, right).allSatisfy { $0.hasSameContent(as: $1) }
    case (.mapping(let left, _), .mapping(let right, _)):
      Self.haveSameContent(left, right)
    default: false
    }
  }
}
