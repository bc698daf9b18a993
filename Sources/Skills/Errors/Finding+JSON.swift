/// Keys that a finding has nothing for are left out; those of the skill stand beside the others.
///
/// Scripts match on the keys, `place`, `paths`, `is_mendable` and `kind` among them: they stay, whatever the properties
/// are called.
extension Finding: Codable {
  private enum CodingKeys: String, CodingKey {
    /// Of the skill, which is there when this key is.
    case folder
    case rule, severity, file, line, column, message, why, remedy, risk, excerpt, found
    case path = "place"
    case changes = "paths"
    case isFixable = "is_mendable"
    /// The rule once more, beside a path and with underscores, as scripts know it.
    case kind
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      try container.decode(Rule.self, forKey: .rule), try container.decode(Severity.self, forKey: .severity),
      file: try container.decodeIfPresent(String.self, forKey: .file) ?? "",
      line: try container.decodeIfPresent(Int.self, forKey: .line),
      column: try container.decodeIfPresent(Int.self, forKey: .column),
      message: Message(try container.decode(String.self, forKey: .message), limit: .max),
      remedy: Message(try container.decodeIfPresent(String.self, forKey: .remedy) ?? "", limit: .max))
    skill = container.contains(.folder) ? try Subject(from: decoder) : nil
    path = try container.decodeIfPresent(String.self, forKey: .path)
    why = try container.decodeIfPresent(String.self, forKey: .why)
    risk = try container.decodeIfPresent(String.self, forKey: .risk)
    excerpt = try container.decodeIfPresent(String.self, forKey: .excerpt)
    changes = try container.decodeIfPresent([String].self, forKey: .changes)
    found = try container.decodeIfPresent(String.self, forKey: .found)
    isFixable = try container.decodeIfPresent(Bool.self, forKey: .isFixable)
  }

  package func encode(to encoder: any Encoder) throws {
    try skill?.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(rule, forKey: .rule)
    try container.encode(severity, forKey: .severity)
    if !file.isEmpty { try container.encode(file, forKey: .file) }
    try container.encodeIfPresent(line, forKey: .line)
    try container.encodeIfPresent(column, forKey: .column)
    try container.encode(message, forKey: .message)
    try container.encode(remedy, forKey: .remedy)
    try container.encodeIfPresent(why, forKey: .why)
    try container.encodeIfPresent(risk, forKey: .risk)
    try container.encodeIfPresent(excerpt, forKey: .excerpt)
    try container.encodeIfPresent(changes, forKey: .changes)
    try container.encodeIfPresent(found, forKey: .found)
    try container.encodeIfPresent(isFixable, forKey: .isFixable)
    guard let path else { return }
    try container.encode(path, forKey: .path)
    try container.encode(rule.rawValue.replacing("-", with: "_"), forKey: .kind)
  }
}
