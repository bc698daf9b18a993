import HTTPTransport
import Skills
import TransportErrors

/// Addresses of repositories, as git is given them.
enum GitAddress {
  /// The one protocol that git needs for an address.
  ///
  /// - Throws: `usage` for an address that git is not given.
  static func protocolName(of url: String) throws(MeshError) -> String {
    for name in ["https", "ssh", "file"] where url.hasPrefix("\(name)://") { return name }
    if url.hasPrefix("http://") {
      do {
        if try HTTPURL(parsing: url).origin.isLoopback { return "http" }
      } catch {
        throw error.meshError
      }
      throw MeshError(.usage, "\(url, limit: 200) is not encrypted", hint: "Use https.")
    }
    throw MeshError(
      .usage, "'\(url, limit: 200)' is not an address of a repository",
      hint: "Write it as https://…, ssh://… or file://….")
  }

  /// The form for git: a path below the home of a login (`ssh://login/~/path`) goes to the server as it is in
  /// `login:path`, because only some servers know what `~` means.
  static func remote(_ url: String) -> String {
    guard let (login, path) = parts(of: url), path.hasPrefix("/~/"), !login.contains(":") else { return url }
    return "\(login):\(path.dropFirst(3))"
  }

  /// What to do about a repository that cannot be read.
  static func hint(_ url: String) -> Message {
    guard let (login, _) = parts(of: url) else {
      return "Check the address and the name, and that you can read it without being asked for a password."
    }
    let host = login.prefix { $0 != ":" }
    return "Check the address and the name. A host is known after you have connected to it once: "
      + "ssh \(host, limit: 120)"
  }

  /// Of an address of ssh; the path starts with a slash.
  private static func parts(of url: String) -> (login: Substring, path: Substring)? {
    guard url.hasPrefix("ssh://") else { return nil }
    let rest = url.dropFirst("ssh://".count)
    let login = rest.prefix { $0 != "/" }
    return (login, rest[login.endIndex...])
  }
}
