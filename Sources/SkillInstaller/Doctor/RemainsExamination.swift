import Skills

/// Finds what interrupted runs left: the next one clears it away, and until then it only takes space.
struct RemainsExamination {
  let patient: Patient

  func symptoms() throws(MeshError) -> [Symptom] {
    var found: [Symptom] = []
    if let shared = patient.shared, try shared.kind(of: SkillsRoot.workName) == .directory {
      found.append(symptom(at: "\(Agent.sharedFolder)/\(SkillsRoot.workName)", .recovery))
    }
    for folder in patient.folders {
      for spot in try remains(in: folder) {
        found.append(symptom(at: "\(folder.text)/\(SkillsRoot.workName)", .clearing(spot)))
      }
    }
    return found
  }

  private func symptom(at place: String, _ cure: Symptom.Cure) -> Symptom {
    Symptom(
      .leftovers, .warning, at: place, "a run of agent-mesh was interrupted here, or is going on",
      why: "It is completed or undone by the next command that changes something.", cure: cure)
  }

  /// The skills of which copies were being made there.
  private func remains(in folder: Patient.AgentFolder) throws(MeshError) -> [Symptom.Spot] {
    guard try folder.directory.kind(of: SkillsRoot.workName) == .directory else { return [] }
    let names = try folder.directory.child(SkillsRoot.workName).names()
    let slugs = names.filter { $0.hasSuffix(".new") || $0.hasSuffix(".old") }
      .compactMap { try? SkillSlug(parsing: String($0.dropLast(4))) }
    return Set(slugs).sorted().map { Symptom.Spot(folder: folder.text, slug: $0) }
  }
}
