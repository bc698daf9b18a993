import FoundationSubset
import Skills

/// Everything that a source holds: the skills, packed, and what would be one but was refused.
package struct SourceListing: Sendable {
  package struct Refused: Sendable {
    /// Where it lies: a folder of the source, or the name of an entry; empty for the source itself.
    package var location: String
    package var reason: MeshError
  }

  /// Sorted by the folder that each would be installed as.
  package private(set) var skills: [SourcedSkill] = []
  package private(set) var refused: [Refused] = []

  /// Packs what was found and adds it.
  mutating func add(_ found: FoundSkills) async {
    refused += found.refused
    let packed = await inParallel(found.skills, limit: ProcessInfo.processInfo.activeProcessorCount) { skill in
      (skill.location, await Result.catching { () async throws(MeshError) in try skill.packed() })
    }
    for (location, result) in packed {
      switch result {
      case .success(let skill): skills.append(skill)
      case .failure(let reason): refused.append(Refused(location: location.path, reason: reason))
      }
    }
    skills.sort { ($0.suggestedFolder, $0.source.description) < ($1.suggestedFolder, $1.source.description) }
  }
}
