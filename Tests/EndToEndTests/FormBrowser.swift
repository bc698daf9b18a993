import Foundation
import TestSupport

/// A browser as far as a registry can tell: `curl` with cookies of its own, which says where a form comes from and
/// follows no redirect.
struct FormBrowser {
  struct Page {
    var status: Int
    /// Where a redirect leads; empty for none.
    var location: String
    var text: String
  }

  /// Scheme, host and port of the registry.
  let origin: String
  private let folder: TemporaryFolder

  init(at origin: String) throws {
    self.origin = origin
    folder = try TemporaryFolder()
  }

  /// - Parameter place: A path, or a whole address.
  func get(_ place: String) async throws -> Page { try await ask(place, []) }

  /// Sends the form of a page.
  func submit(_ place: String, _ fields: KeyValuePairs<String, String>) async throws -> Page {
    let data = fields.flatMap { ["--data-urlencode", "\($0.key)=\($0.value)"] }
    return try await ask(place, ["-H", "Origin: \(origin)", "-H", "Sec-Fetch-Site: same-origin"] + data)
  }

  private func ask(_ place: String, _ arguments: [String]) async throws -> Page {
    let url = place.hasPrefix("/") ? origin + place : place
    let jar = folder["cookies"].string
    let outcome = try await Program.run(
      Program.find("curl") ?? "curl",
      ["-sS", "--noproxy", "*", "--max-time", "60", "-b", jar, "-c", jar, "-w", "\n%{http_code} %{redirect_url}"]
        + arguments + [url],
      environment: ["PATH": "/usr/bin:/bin"], folder: folder.path.string)
    guard outcome.status == 0, let end = outcome.output.lastIndex(of: "\n") else {
      throw Registry.Failure("curl ended with \(outcome.status): \(outcome.errors)")
    }
    let facts = outcome.output[end...].dropFirst().split(separator: " ", omittingEmptySubsequences: false)
    return Page(
      status: facts.first.flatMap { Int($0) } ?? 0, location: facts.dropFirst().first.map(String.init) ?? "",
      text: String(outcome.output[..<end]))
  }
}

extension FormBrowser {
  static let password = "correct horse battery"

  /// Makes an account by a one-time link, and is signed in from then on.
  func signUp(_ handle: String, by link: String) async throws {
    let made = try await submit(link, ["handle": handle, "password": Self.password])
    guard made.status == 303 else { throw Registry.Failure("no account: \(made.status) \(made.text)") }
  }

  /// Types the code of a device, and decides what is then shown.
  ///
  /// - Parameter decision: `approve` or `deny`.
  /// - Returns: What is shown of the device, and what is said after the decision.
  func decide(_ decision: String, on code: String) async throws -> (shown: Page, said: Page) {
    let shown = try await submit("/auth/device", ["code": code])
    return (shown, try await submit("/auth/device", ["code": code, "decision": decision]))
  }
}
