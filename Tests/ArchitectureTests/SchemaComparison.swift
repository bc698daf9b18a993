import Foundation

/// Compares values with a schema, as far as the schema of frames goes: a keyword that is not known here is a finding.
struct SchemaComparison {
  private let schema: JSONTree

  init(_ schema: JSONTree) { self.schema = schema }

  /// What contradicts the schema in a value, a member of an object that it does not name included.
  func findings(in value: JSONTree) -> [String] { findings(value, schema, "$") }

  private func findings(_ value: JSONTree, _ schema: JSONTree, _ path: String) -> [String] {
    schema.members.flatMap { keyword, rule -> [String] in findings(value, keyword, rule, path) }.sorted()
  }

  private func findings(
    _ value: JSONTree, _ keyword: String, _ rule: JSONTree, _ path: String
  ) -> [String] {
    switch keyword {
    case "$schema", "$defs", "title", "description": return []
    case "$ref": return findings(value, definition(rule), path)
    case "items":
      return value.items.enumerated().flatMap { index, item in findings(item, rule, "\(path)[\(index)]") }
    case "properties":
      return value.members.flatMap { key, member -> [String] in
        guard let property = rule.members[key] else { return ["\(path).\(key) is not in the schema"] }
        return findings(member, property, "\(path).\(key)")
      }
    case "required":
      return rule.items.compactMap(\.text).filter { value.members[$0] == nil }.map { "\(path).\($0) is missing" }
    case "oneOf":
      let fitting = rule.items.filter { findings(value, $0, path).isEmpty }
      return fitting.count == 1 ? [] : ["\(path) fits \(fitting.count) alternatives"]
    default:
      return holds(value, keyword, rule) ? [] : ["\(path) breaks \(keyword)"]
    }
  }

  private func holds(_ value: JSONTree, _ keyword: String, _ rule: JSONTree) -> Bool {
    switch keyword {
    case "type": value.type == rule.text
    case "const": value == rule
    case "enum": rule.items.contains(value)
    case "minimum": value.integer ?? .min >= rule.integer ?? .max
    case "maxItems": value.items.count <= rule.integer ?? 0
    case "pattern": value.text?.range(of: rule.text ?? "", options: .regularExpression) != nil
    default: false
    }
  }

  /// That of a text such as `#/$defs/attachment`.
  private func definition(_ reference: JSONTree) -> JSONTree {
    let name = reference.text?.split(separator: "/").last.map(String.init) ?? ""
    return schema.members["$defs"]?.members[name] ?? .object(["a definition of \(name)": .null])
  }
}
