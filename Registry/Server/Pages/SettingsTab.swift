import RegistryAPI

/// A way from one page of the settings to another.
struct SettingsTab: Sendable {
  let tabPath: String
  let tabLabel: String
  let isCurrent: Bool

  /// All of them.
  ///
  /// - Parameter current: The page that they stand on.
  static func all(on current: Route) -> [SettingsTab] {
    let pages: [(route: Route, label: String)] = [
      (.settings, "Profile"), (.tokensPage, "Tokens"), (.sessionsPage, "Sessions"),
      (.organisationsPage, "Organisations"), (.ownAgentsPage, "Agents"),
      (.conversationsPage, "Conversations"), (.subscriptionsPage, "Subscriptions"),
    ]
    return pages.map { page in
      SettingsTab(tabPath: page.route.rawValue, tabLabel: page.label, isCurrent: page.route == current)
    }
  }
}
