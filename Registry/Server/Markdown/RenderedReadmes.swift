import RegistryStore
import Skills

/// SKILL.md of each version as HTML, made once and kept.
///
/// A few are made at a time, and clients take turns.
struct RenderedReadmes: Sendable {
  /// Makes HTML of Markdown with bounds on time and memory; nil for what needs more than they allow.
  typealias Rendering = @Sendable (_ markdown: [UInt8]) async -> String?

  /// What was made; nothing where it needed too much.
  private struct Rendered: Sendable {
    var html: String?
  }

  private let render: Rendering
  private let queue: AdmissionQueue
  private let rendering = KeyLock<Int64>()
  private let rendered = BoundedCache<Int64, Rendered>(limit: 32 << 20) { ($0.html?.utf8.count ?? 0) + 256 }

  init(_ limits: RegistryLimits, render: @escaping Rendering) {
    self.render = render
    queue = AdmissionQueue(
      concurrency: limits.costlyRequests, limit: limits.openJobs, limitPerClient: limits.openJobsPerClient)
  }

  /// - Parameter text: Reads the document.
  /// - Returns: Nil for what is to be shown as plain text.
  func html(
    of version: VersionRecord, for client: Client, _ text: () async throws -> [UInt8]
  ) async throws -> String? {
    try await rendering.withLock(version.id) {
      if let known = rendered[version.id] { return known.html }
      let body = Self.body(of: try await text())
      let made = Rendered(html: try await queue.run(for: client) { await render(body) })
      rendered.insert(made, for: version.id)
      return made.html
    }
  }

  /// What stands behind the front matter.
  private static func body(of markdown: [UInt8]) -> [UInt8] {
    guard let document = try? SkillDocument(reading: markdown) else { return markdown }
    return Array(document.body.utf8)
  }
}
