import Skills

extension TokenRight {
  /// For whoever is asked to give it.
  var meaning: String {
    switch self {
    case .publishNew: "publish new skills"
    case .publishUpdate: "publish new versions of your skills"
    case .yank: "yank and withdraw versions"
    case .readPrivate: "read your private skills"
    case .manage: "change your profile, tokens, organisations and agents"
    case .connectAgent: "connect agents in your name"
    case .call: "call agents in your name"
    }
  }
}
