import Foundation
import RegistryStore
import SkillArchive
import Skills

/// What handlers share.
///
/// There is no way from here to the catalog but through `CachedCatalog`, which hears of every rename.
struct RegistryServices: Sendable {
  let accounts: Accounts
  let catalog: CachedCatalog
  let agents: Agents
  let tasks: TaskLog
  let bridge: Bridge
  let callbacks: Callbacks
  let downloads: DownloadCounter
  let archives: ArchiveContents
  let files: FileContents
  let uploads: Uploads
  let pages: PageRenderer
  let rendered = RenderedPages()
  let contract: Contract
  let markdown: RenderedMarkdown
  let reviews: VersionReviews
  /// Where those wait who want the whole answer to a task.
  let answers: AdmissionQueue
  let rates: RateLimiter
  let configuration: RegistryConfiguration
  let now: @Sendable () -> Date
  /// Answers once the database has answered.
  let ping: @Sendable () async throws -> Void

  var limits: RegistryLimits { configuration.limits }

  /// To be called after another process has changed the database.
  func forgetAll() {
    catalog.forgetAll()
    rendered.forgetAll()
  }

  init(
    store: RegistryStore, configuration: RegistryConfiguration, bridge: Bridge, threads: WorkThreads,
    markdown: @escaping RenderedMarkdown.Rendering, now: @escaping @Sendable () -> Date
  ) throws {
    let limits = configuration.limits
    let catalog = CachedCatalog(store.catalog)
    self.catalog = catalog
    accounts = store.accounts
    agents = store.agents
    tasks = store.tasks
    self.bridge = bridge
    callbacks = Callbacks(configuration, webhooks: store.webhooks, now: now)
    accounts.onRename { catalog.forgetAll() }
    downloads = DownloadCounter(store.downloads, now: now)
    let cache = BlobCache(store: store.blobs, threads: threads, limits: limits)
    archives = ArchiveContents(
      blobs: store.blobs, cache: cache, catalog: catalog, threads: threads, limits: limits.archive)
    files = FileContents(blobs: store.blobs, cache: cache, threads: threads, limits: limits.archive)
    uploads = Uploads(store: store, threads: threads, limits: limits.archive)
    pages = try PageRenderer(
      registryName: configuration.name, terms: configuration.terms, securityContact: configuration.securityContact)
    contract = try Contract()
    self.markdown = RenderedMarkdown(limits, render: markdown)
    reviews = VersionReviews(blobs: store.blobs, catalog: catalog, threads: threads, limits: limits)
    answers = AdmissionQueue(
      concurrency: limits.costlyRequests, limit: limits.openJobs, limitPerClient: limits.openJobsPerClient)
    rates = RateLimiter(accounts: store.accounts, rates: limits.rates, now: now)
    self.configuration = configuration
    self.now = now
    ping = { try await store.ping() }
  }
}
