import ArgumentParser
import RegistryClient
import Skills

/// `profile copy-login-email`.
struct CopyLoginEmail: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "copy-login-email", abstract: "Show the address that you log in with on your author page.",
    discussion: "Everybody can see it there.")

  @OptionGroup var registry: RegistryOption
  @OptionGroup var output: OutputOptions

  static let speaksJSONIntoPipes = false

  func run(in mesh: Mesh) async throws -> PublicEmailReport {
    let client = try mesh.loggedInRegistry(registry)
    let profile = try await client.profile()
    guard let email = profile.email else {
      throw MeshError(
        wireCode: "no_login_email", message: "your account at \(client.address) has no e-mail address",
        hint: "Add one on the settings page: agent-mesh profile open")
    }
    let isPublic = profile.authorEmail == email
    if !isPublic {
      mesh.talk.warn("everybody can see \(email) on your author page from now on")
      try await client.change(email: email)
    }
    return PublicEmailReport(email: email, changed: !isPublic)
  }
}

struct PublicEmailReport: Report {
  let success = true
  let email: String
  let changed: Bool

  var isAction: Bool { true }

  func text(_ style: Style) -> Message {
    changed ? "Your author page shows \(email)." : "Your author page shows \(email) already."
  }
}
