import RegistryAPI
import RegistryStore

/// The fields of an agent on a page.
struct AgentSheet: Sendable {
  var sheetPath: String
  var sheetProblem: String?
  var fields: [FormField]
  var isPublicChosen: Bool
  var isForAgentsChosen: Bool
  var sheetButton: String
}

/// The agents of whoever is signed in, and a form for another one.
struct OwnAgentListPage: Sendable {
  struct Row: Sendable {
    var ownPath: String
    var ownName: String
    var ownTitle: String
    var ownChips: [String]
  }

  let tabs = SettingsTab.all(on: .ownAgentsPage)
  let rows: [Row]
  let isEmpty: Bool
  let agentSheet: AgentSheet
}

/// An agent as its owner sees it.
struct OwnAgentPage: Sendable {
  struct Grant: Sendable {
    var grantee: String
    var granteePath: String
    var since: PageTime
    var revocationPath: String
  }

  let tabs = SettingsTab.all(on: .ownAgentsPage)
  let agentName: String
  let agentPath: String
  let chips: [String]
  /// What is wrong with what a button asked for.
  let buttonProblem: String?
  let ticketPath: String
  /// Where the button leads that publishes it, or ends that.
  let publicationPath: String
  let publicationLabel: String
  let publicationNote: String
  let agentSheet: AgentSheet
  let grants: [Grant]
  let sharing: FormPage
  let callsPath: String
  let deletionPath: String
}
