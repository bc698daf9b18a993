import Skills

/// What an owner may say of an agent; each check throws `validationError`.
enum AgentFields {
  private static let maximumCapabilities = 50

  /// One line of 1 to 80 characters, nothing invisible.
  static func checkName(_ name: String) throws(MeshError) {
    try check(name, "the name of an agent", limit: DisplayName.maximumCharacters)
  }

  /// At most 2,000 characters, lines included.
  static func checkDescription(_ description: String) throws(MeshError) {
    if description.isEmpty { return }
    try check(description, "the description of an agent", limit: 2_000, mayHaveLines: true)
  }

  /// A word such as `exec` or `claude`.
  static func checkType(_ type: String) throws(MeshError) {
    guard type.utf8.count <= 32, (try? SkillSlug(parsing: type)) != nil else {
      throw MeshError(
        .validationError, "'\(type, limit: 80)' is not a type of agents",
        hint: "Write it with at most 32 lower-case letters, digits and single hyphens, such as exec.")
    }
  }

  /// At most 50 of 1 to 64 characters.
  ///
  /// - Returns: Each once, in their order.
  static func distinctCapabilities(_ capabilities: [String]) throws(MeshError) -> [String] {
    guard capabilities.count <= maximumCapabilities else {
      throw MeshError(
        .validationError, "an agent has at most \(maximumCapabilities) capabilities", hint: "Leave some out.")
    }
    var known: Set<String> = []
    var distinct: [String] = []
    for capability in capabilities {
      try check(capability, "a capability", limit: 64)
      if known.insert(capability).inserted { distinct.append(capability) }
    }
    return distinct
  }

  private static func check(
    _ text: String, _ subject: Message, limit: Int, mayHaveLines: Bool = false
  ) throws(MeshError) {
    let scalars = text.unicodeScalars
    guard scalars.contains(where: { !$0.properties.isWhitespace }) else {
      throw MeshError(.validationError, subject + " has at least one visible character", hint: "Give another one.")
    }
    guard scalars.count <= limit else {
      throw MeshError(.validationError, subject + " has at most \(limit) characters", hint: "Shorten it.")
    }
    guard scalars.allSatisfy({ $0.isPrintable || (mayHaveLines && $0 == "\n") }) else {
      throw MeshError(
        .validationError, subject + " holds control or invisible characters", hint: "Remove them.")
    }
  }
}
