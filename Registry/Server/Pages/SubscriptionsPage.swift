import RegistryAPI

/// Whom an account follows.
struct SubscriptionsPage: Sendable {
  struct Row: Sendable {
    var authorName: String
    var authorPath: String
    var feedPath: String
    var displayName: String
    var since: String
    var unfollowPath: String
  }

  let tabs = SettingsTab.all(on: .subscriptionsPage)
  let listPath = Route.subscriptionsPage.rawValue
  let rows: [Row]
  let isEmpty: Bool
}
