import RegistryAPI
import RegistryStore

/// The description of the API, as a file for programs and as a page.
struct ContractRoutes: Sendable {
  let services: RegistryServices

  func file(_ call: Call, _ caller: Accounts.Identity?) -> Reply {
    .tagged(services.contract.file, type: "application/yaml", tag: services.contract.tag, for: call)
  }

  func page(_ call: Call, _ visitor: Visitor) -> Reply {
    services.pages.reply(.api, "API", services.contract.page, for: visitor)
  }
}
