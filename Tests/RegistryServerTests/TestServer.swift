import Foundation
import HTTPTransport
import Logging
import RegistryAPI
import RegistryServer
import RegistryStore
import ServiceLifecycle
import SkillArchive
import Skills
import SystemPackage
import TestSupport
import Testing

/// The real server in this process, on a real port, with one author and a token; stopped with its last reference.
final class TestServer: Sendable {
  let store: RegistryStore
  let folder: FilePath
  let url: String
  let port: Int
  let token: String
  let clock: TestClock
  private let scratch: TemporaryFolder
  private let configuration: RegistryConfiguration
  private let running: Task<Void, any Error>
  private let stopping: ServiceGroup
  private let transport = HTTPTransport(TransportConfiguration(userAgent: "test", environment: [:]))

  private init(
    store: RegistryStore, scratch: TemporaryFolder, address: String, token: String, clock: TestClock,
    configuration: RegistryConfiguration, running: Task<Void, any Error>, stopping: ServiceGroup
  ) {
    self.store = store
    self.clock = clock
    self.scratch = scratch
    folder = scratch.path.appending("data")
    url = "http://\(address)"
    port = Int(address.split(separator: ":").last ?? "") ?? 0
    self.token = token
    self.configuration = configuration
    self.running = running
    self.stopping = stopping
  }

  deinit {
    running.cancel()
  }

  /// - Parameters:
  ///   - configuration: What an operator decides, beside the limits.
  ///   - log: Where everything that the server logs goes; nil for nowhere.
  ///   - wrap: What stands between the store and its database.
  ///   - markdown: What makes HTML of Markdown.
  static func start(
    limits: RegistryLimits? = nil, configuration: RegistryConfiguration = RegistryConfiguration(),
    log: LogCapture? = nil, wrapping wrap: (any SQLDatabase) -> any SQLDatabase = { $0 },
    markdown: @escaping @Sendable (MarkdownSource) async -> String? = { MarkdownDocument.html(of: $0) }
  ) async throws -> TestServer {
    let scratch = try TemporaryFolder()
    let store = try openStore(in: scratch, wrapping: wrap)
    let token = try await newToken("acme", store)
    var decided = configuration
    if let limits { decided.limits = limits }
    // As long as an agent may need on a busy machine, unless the test is about it.
    let standard = RegistryLimits().registrationTimeout
    if decided.limits.registrationTimeout == standard { decided.limits.registrationTimeout = 60 }
    return try await run(
      store, in: scratch, token: token, clock: TestClock(), configuration: decided, log: log, markdown: markdown)
  }

  private static func openStore(
    in scratch: TemporaryFolder, wrapping wrap: (any SQLDatabase) -> any SQLDatabase = { $0 }
  ) throws -> RegistryStore {
    try RegistryStore(
      folder: scratch.path.appending("data"),
      passwords: ScryptParameters(logRounds: 4, blockSize: 8, parallelism: 1), wrapping: wrap)
  }

  private static func run(
    _ store: RegistryStore, in scratch: TemporaryFolder, token: String, clock: TestClock,
    configuration: RegistryConfiguration, log: LogCapture?,
    markdown: @escaping @Sendable (MarkdownSource) async -> String?
  ) async throws -> TestServer {
    let (addresses, report) = AsyncStream.makeStream(of: String.self)
    var logger = log.map { capture in Logger(label: "test") { _ in capture.handler } } ?? Logger(label: "test")
    logger.logLevel = log == nil ? .critical : .trace
    let server = RegistryServer(
      store: store, host: "127.0.0.1", port: 0, configuration: configuration, markdown: markdown, logger: logger,
      now: { clock.now })
    let group = ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: [.init(service: StoppableServer(server: server, report: report))], logger: logger))
    let running = Task { try await group.run() }
    var iterator = addresses.makeAsyncIterator()
    guard let address = await iterator.next() else { throw POSIXError(.EADDRINUSE) }
    return TestServer(
      store: store, scratch: scratch, address: address, token: token, clock: clock, configuration: configuration,
      running: running, stopping: group)
  }

  /// Ends it as a signal does, and waits until it has ended.
  func stop() async throws {
    await stopping.triggerGracefulShutdown()
    try await running.value
    try store.close()
  }

  /// Another server on the folder of this one, which was stopped.
  func restarted() async throws -> TestServer {
    try await Self.run(
      Self.openStore(in: scratch), in: scratch, token: token, clock: clock, configuration: configuration, log: nil,
      markdown: { MarkdownDocument.html(of: $0) })
  }

  static func newToken(_ author: String, _ store: RegistryStore) async throws -> String {
    let name = try AuthorName(parsing: author)
    try await store.accounts.createAuthor(name, at: Date())
    return try await store.accounts.createToken(for: name, at: Date(), expiringAt: nil)?.secret ?? ""
  }

  func send(
    _ method: HTTPMethod, _ path: String, headers: HTTPHeaders = [:], body: HTTPBody = .none, token: String? = nil
  ) async throws -> HTTPResponse {
    let target = try HTTPURL(parsing: url + path)
    let credential = try token.map { try Credential(token: $0, for: target.origin) }
    var request = HTTPRequest(method, target, headers: headers, body: body, credential: credential)
    request.responseLimit = 64 << 20
    request.retries = .never
    let answer = try await transport.send(request)
    if answer.status >= 400, method != .head { try expectListed(answer, method, path) }
    return answer
  }

  /// A failure has a code that the row of its endpoint lists, unless it is the registry's own fault.
  private func expectListed(_ answer: HTTPResponse, _ method: HTTPMethod, _ path: String) throws {
    let path = path.prefix { $0 != "?" }
    let verb = method == .head ? "GET" : method.rawValue
    guard let row = Endpoint.row(verb, at: path), !row.access.isForBrowsers else { return }
    let body = try answer.json()
    let code = ErrorCode(wire: (body["code"] ?? body["error"]) as? String ?? "")
    #expect(code.map { $0 == .internalError || row.allErrors.contains($0) } == true, "\(verb) \(path): \(answer.text)")
  }

  /// Publishes as clients of every age do: a form with metadata, content and package, each optional.
  func publish(
    package: [UInt8]? = nil, type: String = "application/gzip", content: String? = nil, metadata: String? = nil,
    token other: String? = nil
  ) async throws -> HTTPResponse {
    var form: [UInt8] = []
    func part(_ head: String, _ bytes: [UInt8]) {
      form += Array("--xyz\r\nContent-Disposition: form-data; \(head)\r\n\r\n".utf8) + bytes + Array("\r\n".utf8)
    }
    if let metadata { part("name=\"metadata\"", Array(metadata.utf8)) }
    if let content { part("name=\"content\"", Array(content.utf8)) }
    if let package { part("name=\"package\"; filename=\"p\"\r\nContent-Type: \(type)", package) }
    form += Array("--xyz--\r\n".utf8)
    return try await send(
      .post, Route.publish.rawValue, headers: ["Content-Type": "multipart/form-data; boundary=xyz"],
      body: .bytes(form), token: other ?? token)
  }

  /// Every file below the data folder that a publish could leave.
  private func storedFiles() throws -> [String] {
    let places = ["uploads", "blobs/sha256"].map { folder.appending(FilePath($0).components).string }
    return try places.flatMap { try FileManager.default.subpathsOfDirectory(atPath: $0) }.filter { $0.count > 20 }
  }

  /// Whether exactly so many files stay: what a refusal gives up may go a moment after its answer.
  func keeps(_ count: Int) async throws -> Bool {
    let deadline = ContinuousClock.now + .seconds(60)
    while try storedFiles().count != count, ContinuousClock.now < deadline { await Task.yield() }
    return try storedFiles().count == count
  }
}

/// A server that ends when it is told to.
private struct StoppableServer: Service {
  let server: RegistryServer
  let report: AsyncStream<String>.Continuation

  func run() async throws {
    defer { report.finish() }
    try await server.run { report.yield($0) }
  }
}

/// Skills to publish.
enum Sample {
  static func markdown(_ name: String = "sample", version: String? = "1.0.0", body: String = "Text.") -> String {
    let line = version.map { "version: \($0)\n" } ?? ""
    return "---\nname: \(name)\ndescription: A sample.\n\(line)---\n\n\(body)\n"
  }

  /// Text that hardly compresses, the same every time.
  static func noise(_ count: Int) -> String {
    var generator = SplitMix64(seed: 7)
    return String(decoding: (0..<count).map { _ in UInt8.random(in: 33...126, using: &generator) }, as: UTF8.self)
  }

  /// The same tar in another deflate stream, under the same gzip header.
  static func recompressed(_ archive: [UInt8]) throws -> [UInt8] {
    let folder = try TemporaryFolder()
    let file = try folder.write("archive.gz", archive)
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    shell.arguments = ["-c", "gzip -dc < \"$1\" | gzip -1 -n > \"$1.other\"", "sh", file.string]
    try shell.run()
    shell.waitUntilExit()
    return Array(archive.prefix(10)) + (try folder.bytes("archive.gz.other")).dropFirst(10)
  }

  static func packed(
    _ name: String = "sample", version: String? = "1.0.0", files: [String: String] = [:]
  ) throws -> PackedSkill {
    var all = [PackedFile(path: .skillMarkdown, bytes: Array(markdown(name, version: version).utf8))]
    for (path, text) in files {
      all.append(
        PackedFile(path: try SkillPath(parsing: path), bytes: Array(text.utf8), isExecutable: path.hasSuffix(".sh")))
    }
    return try SkillPacker.pack(files: all)
  }
}

extension HTTPResponse {
  var text: String { String(decoding: body, as: UTF8.self) }

  func json() throws -> [String: Any] {
    try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any] ?? [:]
  }
}
