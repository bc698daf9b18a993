import RegistryAPI
import RegistryStore
import Skills

/// The fields of an agent: what was typed, and what is wrong with it.
struct AgentForm {
  private(set) var form: TypedForm

  /// A new one, for its owner alone until they say otherwise.
  init() {
    let limits = AgentLimitValues.standard
    form = TypedForm([
      "agent_type": "exec", "hour": "\(limits.maxCallsPerHour)", "day": "\(limits.maxCallsPerUserPerDay)",
      "agents": limits.allowA2A ? "yes" : "",
    ])
  }

  init(_ agent: AgentRecord) {
    form = TypedForm([
      "name": agent.name, "description": agent.description ?? "", "agent_type": agent.agentType,
      "capabilities": agent.capabilities.joined(separator: ", "),
      "public": agent.visibility == .public ? "yes" : "", "hour": "\(agent.limits.maxCallsPerHour)",
      "day": "\(agent.limits.maxCallsPerUserPerDay)", "agents": agent.limits.allowA2A ? "yes" : "",
    ])
  }

  /// - Throws: `invalidRequest` for what is no form, or one with a field twice.
  init(_ call: Call) throws {
    form = try TypedForm(
      call, "name", "description", "agent_type", "capabilities", "public", "hour", "day", "agents")
  }

  var isPublic: Bool { form["public"] == "yes" }
  var takesAgents: Bool { form["agents"] == "yes" }

  /// Nil when something is wrong that the form then shows.
  mutating func agent() -> NewAgent? {
    guard let limits = limits() else { return nil }
    do throws(MeshError) {
      return try NewAgent(
        name: form["name"], description: description, agentType: form["agent_type"], visibility: visibility,
        capabilities: capabilities, limits: limits)
    } catch {
      form.refuse(error)
      return nil
    }
  }

  /// Nil when something is wrong that the form then shows.
  mutating func update() -> AgentUpdate? {
    guard let limits = limits() else { return nil }
    do throws(MeshError) {
      return try AgentUpdate(
        name: form["name"], description: description, agentType: form["agent_type"], visibility: visibility,
        capabilities: capabilities, limits: limits)
    } catch {
      form.refuse(error)
      return nil
    }
  }

  /// Has the form say above its fields why this is not done now, as `TypedForm.holdBack(_:)`.
  mutating func holdBack(_ error: any Error) throws { try form.holdBack(error) }

  mutating func refuse(_ refusal: MeshError) { form.refuse(refusal) }

  var fields: [FormField] {
    var description = FormField("description", "Description (optional)", in: form)
    description.isLong = true
    return [
      FormField("name", "Name", in: form, note: "Its address follows from it."), description,
      FormField("agent_type", "Kind of program", in: form, note: "So far: exec, any program of yours."),
      FormField("capabilities", "Capabilities (optional)", in: form, note: "Words with commas between them."),
      FormField("hour", "Calls an hour", in: form, kind: "number", note: "By others; 0 is no limit."),
      FormField("day", "Calls of one account a day", in: form, kind: "number", note: "0 is no limit."),
    ]
  }

  /// Browsers send lines with two characters at their ends.
  private var description: String { form["description"].replacing("\r\n", with: "\n") }

  private var visibility: AgentVisibilityKind { isPublic ? .public : .private }

  private var capabilities: [String] {
    form["capabilities"].split(separator: ",").compactMap { part in
      let words = part.split(whereSeparator: \.isWhitespace)
      return words.isEmpty ? nil : words.joined(separator: " ")
    }
  }

  private mutating func limits() -> AgentLimitValues? {
    let hour = form.read("hour", Self.number)
    let day = form.read("day", Self.number)
    guard let hour, let day else { return nil }
    return AgentLimitValues(maxCallsPerHour: hour, maxCallsPerUserPerDay: day, allowA2A: takesAgents)
  }

  private static func number(_ text: String) throws(MeshError) -> Int {
    guard let number = Int(text), (0...AgentLimitValues.maximumCalls).contains(number) else {
      throw MeshError(.validationError, "a number from 0 to \(AgentLimitValues.maximumCalls)")
    }
    return number
  }
}

extension AgentSheet {
  /// - Parameters:
  ///   - path: Where it is sent.
  ///   - button: What the button says.
  init(_ form: AgentForm, _ path: String, _ button: String) {
    self.init(
      sheetPath: path, sheetProblem: form.form.problem, fields: form.fields, isPublicChosen: form.isPublic,
      isForAgentsChosen: form.takesAgents, sheetButton: button)
  }
}
