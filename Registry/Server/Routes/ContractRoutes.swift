import HTTPTypes
import RegistryAPI
import RegistryStore

/// The description of the API, as a file for programs and as a page.
struct ContractRoutes: Sendable {
  let services: RegistryServices

  func file(_ call: Call, _ caller: Accounts.Identity?) -> Reply {
    let contract = services.contract
    if EntityTag.isKnown(contract.tag, to: call.request) {
      return Reply(status: .notModified, headers: [.eTag: contract.tag])
    }
    return Reply(headers: [.eTag: contract.tag, .contentType: "application/yaml"], body: .bytes(contract.file))
  }

  func page(_ call: Call, _ visitor: Visitor) -> Reply {
    services.pages.reply(.api, "API", services.contract.page, for: visitor)
  }
}
