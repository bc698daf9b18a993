import Skills

extension CanonicalJSON {
  /// The JSON that a value of YAML stands for (YAML 1.2.2, section 10.3.2), as far as examples need it: without null
  /// and without fractions, which become text.
  init(_ value: FrontMatter.Value) {
    switch value.kind {
    case .scalar(let text, .plain) where text == "true" || text == "false": self = .bool(text == "true")
    case .scalar(let text, .plain): self = Int(text).map { .integer($0) } ?? .string(text)
    case .scalar(let text, _): self = .string(text)
    case .sequence(let items, _): self = .array(items.map { CanonicalJSON($0) })
    case .mapping(let entries, _): self = .object(entries.map { (key: $0.key, value: CanonicalJSON($0.value)) })
    }
  }
}
