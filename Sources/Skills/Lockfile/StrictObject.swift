/// An object of a file in which every key must be known, and every value of its kind.
struct StrictObject {
  let node: JSONNode
  let path: [String]
  let file: StrictFile
  let members: [JSONNode.Member]

  /// - Throws: `validationError` for what is no object, or has a key twice.
  init(_ node: JSONNode, at path: [String], in file: StrictFile) throws(MeshError) {
    guard case .object(let members) = node.kind else {
      throw file.fault(at: node, path, "it is \(node.noun), not an object", hint: "Write it as { … }")
    }
    self.node = node
    self.path = path
    self.file = file
    self.members = members
    var seen: Set<String> = []
    for member in members where !seen.insert(member.key).inserted {
      throw file.fault(
        at: member.node, path + [member.key], "the key is there twice",
        hint: "Keep one of them")
    }
  }

  /// - Throws: `validationError` that names the first other key, and the known one that looks like it.
  func allow(_ known: [String]) throws(MeshError) {
    for member in members where !known.contains(member.key) {
      let near = EditDistance.nearest(to: member.key, among: known)
      throw file.fault(
        at: member.node, path + [member.key], "no such key is known",
        hint: near.map { "Did you mean \"\($0)\"?" } ?? "Known are \(known.joined(separator: ", "))")
    }
  }

  func string(_ key: String) throws(MeshError) -> String? {
    guard let value = node[key] else { return nil }
    return try text(of: value, at: path + [key])
  }

  func required(_ key: String) throws(MeshError) -> JSONNode {
    guard let value = node[key] else {
      throw file.fault(at: node, path + [key], "it is missing", hint: "Add it, or restore the file")
    }
    return value
  }

  /// As `parsed`, for a key that has to be there.
  func requiredParsed<Value, Refusal: Error & CustomStringConvertible>(
    _ key: String, _ parse: (String) throws(Refusal) -> Value
  ) throws(MeshError) -> Value {
    let node = try required(key)
    let text = try text(of: node, at: path + [key])
    return try parsed(text, at: node, path + [key], parse)
  }

  func requiredString(_ key: String) throws(MeshError) -> String {
    try text(of: try required(key), at: path + [key])
  }

  func text(of value: JSONNode, at path: [String]) throws(MeshError) -> String {
    guard case .string(let text) = value.kind else {
      throw file.fault(at: value, path, "it is \(value.noun), not a text", hint: "Put it in double quotes")
    }
    return text
  }

  /// The items of a list; none when the key is not there.
  func items(_ key: String) throws(MeshError) -> [JSONNode] {
    guard let value = node[key] else { return [] }
    guard case .array(let items) = value.kind else {
      throw file.fault(at: value, path + [key], "it is \(value.noun), not a list", hint: "Write it as [ … ]")
    }
    return items
  }

  /// The object at a key; nil when the key is not there.
  func object(_ key: String) throws(MeshError) -> StrictObject? {
    guard let value = node[key] else { return nil }
    return try StrictObject(value, at: path + [key], in: file)
  }

  /// What `parse` makes of the text at a key; its refusal becomes one of the file.
  func parsed<Value, Refusal: Error & CustomStringConvertible>(
    _ text: String, at node: JSONNode, _ path: [String], _ parse: (String) throws(Refusal) -> Value
  ) throws(MeshError) -> Value {
    do throws(Refusal) {
      return try parse(text)
    } catch {
      throw file.fault(at: node, path, "\(error)", hint: "Correct it in \(file.name)")
    }
  }

  func parsed<Value, Refusal: Error & CustomStringConvertible>(
    _ key: String, _ parse: (String) throws(Refusal) -> Value
  ) throws(MeshError) -> Value? {
    node[key] == nil ? nil : try requiredParsed(key, parse)
  }
}
