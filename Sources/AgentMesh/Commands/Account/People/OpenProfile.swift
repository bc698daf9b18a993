import ArgumentParser
import RegistryAPI
import RegistryClient
import Skills

/// `profile open`.
struct OpenProfile: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "open", abstract: "Open the settings page of the registry in a browser.",
    discussion: "Where there is no browser its address is printed.")

  @OptionGroup var registry: RegistryOption
  @OptionGroup var output: OutputOptions

  static let speaksJSONIntoPipes = false

  func run(in mesh: Mesh) async throws -> OpenedPageReport {
    let address = try mesh.address(registry)
    let page = address.text + Route.settings.rawValue
    return OpenedPageReport(page: page, opened: mesh.open(page, of: address))
  }
}

struct OpenedPageReport: Report {
  let success = true
  let page: String
  let opened: Bool

  func text(_ style: Style) -> Message { Message(page, limit: .max) }
}
