import RegistryStore
import Skills

/// Markdown files of versions as HTML, each made once and kept.
///
/// A few are made at a time, and clients take turns.
struct RenderedMarkdown: Sendable {
  /// Makes HTML of Markdown with bounds on time and memory; nil for what needs more than they allow.
  typealias Rendering = @Sendable (_ source: MarkdownSource) async -> String?

  /// What was made; nothing where it needed too much.
  private struct Rendered: Sendable {
    var html: String?
  }

  private let render: Rendering
  private let queue: AdmissionQueue
  private let rendering = KeyLock<VersionFile>()
  private let rendered = BoundedCache<VersionFile, Rendered>(limit: 32 << 20) { ($0.html?.utf8.count ?? 0) + 512 }

  init(_ limits: RegistryLimits, render: @escaping Rendering) {
    self.render = render
    queue = AdmissionQueue(
      concurrency: limits.costlyRequests, limit: limits.openJobs, limitPerClient: limits.openJobsPerClient)
  }

  /// - Parameters:
  ///   - text: All of the file; its front matter is left out.
  ///   - manifest: Every file of the version.
  /// - Returns: Nil for what is to be shown as plain text.
  func html(
    of file: VersionFile, _ text: String, in manifest: FileManifest, for client: Client
  ) async throws -> String? {
    try await rendering.withLock(file) {
      if let known = rendered[file] { return known.html }
      let links = SkillLinks(from: file.path, in: manifest, at: file.paths)
      let source = MarkdownSource(MarkdownParts(text).body, links: links)
      let made = Rendered(html: try await queue.run(for: client) { await render(source) })
      rendered.insert(made, for: file)
      return made.html
    }
  }
}
