import RegistryStore
import Skills

extension RegistryServices {
  /// The organisation that the path names.
  func organisation(_ call: Call) async throws -> Organisation {
    let name = try AuthorName(parsing: try call.part("name"))
    if let organisation = try await accounts.organisation(name) { return organisation }
    throw MeshError(.notFound, "there is no organisation \(name)")
  }
}
