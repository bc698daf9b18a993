import Mustache

/// The templates of pages, in the program itself.
enum PageTemplate: String, CaseIterable {
  case layout, field, error, message, form, home, api, search, author, skill, unavailable, versions, files, file
  case skillList, chips, findings, versionTable, tree, pager
  case device, tokens, sessions
  case settingsTabs, sheet, sections, profile, organisations, organisation, role, subscriptions
  case agents, agentList, agent, ownAgents, ownAgent, agentSheet, agentCalls, conversations, chat

  private var text: [UInt8] {
    switch self {
    case .layout: PackageResources.layout_mustache
    case .field: PackageResources.field_mustache
    case .error: PackageResources.error_mustache
    case .message: PackageResources.message_mustache
    case .form: PackageResources.form_mustache
    case .home: PackageResources.home_mustache
    case .search: PackageResources.search_mustache
    case .api: PackageResources.api_mustache
    case .author: PackageResources.author_mustache
    case .skill: PackageResources.skill_mustache
    case .unavailable: PackageResources.unavailable_mustache
    case .versions: PackageResources.versions_mustache
    case .files: PackageResources.files_mustache
    case .file: PackageResources.file_mustache
    case .skillList: PackageResources.skillList_mustache
    case .chips: PackageResources.chips_mustache
    case .findings: PackageResources.findings_mustache
    case .versionTable: PackageResources.versionTable_mustache
    case .tree: PackageResources.tree_mustache
    case .pager: PackageResources.pager_mustache
    case .device: PackageResources.device_mustache
    case .tokens: PackageResources.tokens_mustache
    case .sessions: PackageResources.sessions_mustache
    case .settingsTabs: PackageResources.settingsTabs_mustache
    case .sheet: PackageResources.sheet_mustache
    case .sections: PackageResources.sections_mustache
    case .profile: PackageResources.profile_mustache
    case .organisations: PackageResources.organisations_mustache
    case .organisation: PackageResources.organisation_mustache
    case .role: PackageResources.role_mustache
    case .subscriptions: PackageResources.subscriptions_mustache
    case .agents: PackageResources.agents_mustache
    case .agentList: PackageResources.agentList_mustache
    case .agent: PackageResources.agent_mustache
    case .ownAgents: PackageResources.ownAgents_mustache
    case .ownAgent: PackageResources.ownAgent_mustache
    case .agentSheet: PackageResources.agentSheet_mustache
    case .agentCalls: PackageResources.agentCalls_mustache
    case .conversations: PackageResources.conversations_mustache
    case .chat: PackageResources.chat_mustache
    }
  }

  /// All of them, by their names.
  static func library() throws -> MustacheLibrary {
    MustacheContentTypes.register(PageEscaping(), named: PageEscaping.name)
    var library = MustacheLibrary()
    for template in allCases {
      let text = String(decoding: template.text, as: UTF8.self)
      try library.register("{{% CONTENT_TYPE:\(PageEscaping.name) }}\n" + text, named: template.rawValue)
    }
    return library
  }
}
