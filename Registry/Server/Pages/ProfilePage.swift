import RegistryAPI

/// The account of whoever is signed in.
struct ProfilePage: Sendable {
  let tabs = SettingsTab.all(on: .settings)
  let forms: [FormPage]
  let deletionPath: String
}
