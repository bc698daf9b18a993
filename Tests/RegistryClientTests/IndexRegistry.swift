import Foundation
import RegistryAPI
import RegistryClient
import Skills
import Synchronization
import TestSupport

/// A registry's index as the contract has it, whose documents the test changes.
final class IndexRegistry: Sendable {
  struct Contents: Sendable {
    var documents: [String: IndexDocument] = [:]
    /// The present names of skills, by the former ones.
    var moves: [String: String] = [:]
    /// What `POST /api/index` answers instead; nil for an answer as it should be.
    var batchStatus: Int?
    /// Changes the right answer of a batch.
    var twist: @Sendable (inout [IndexBatchResponse.Entry]) -> Void = { _ in }
    /// Tags are given.
    var hasTags = true
  }

  let contents = Mutex(Contents())
  /// How many questions by name were answered at the same time, at most.
  let crowd = Mutex((now: 0, most: 0))
  private let box = Mutex<TestServer?>(nil)

  init(_ documents: [IndexDocument]) throws {
    contents.withLock { $0.documents = Dictionary(documents.map { ($0.name, $0) }) { $1 } }
    let server = TestServer { [weak self] request, connection in try self?.answer(request, connection) }
    box.withLock { $0 = server }
  }

  var server: TestServer { box.withLock { $0! } }
  var targets: [String] { server.requests.map { "\($0.method) \($0.target)" } }

  func client(_ cache: SkillCache?, token: String? = nil, isOffline: Bool = false) throws -> RegistryClient {
    try RegistryClientTests.client(at: server.address, token: token, cache: cache, isOffline: isOffline)
  }

  func change(_ body: (inout Contents) throws -> Void) rethrows {
    try contents.withLock { try body(&$0) }
  }

  static func tag(_ document: IndexDocument) throws -> String {
    "\"\(Digest(of: try WireCoding.encode(document)).hexadecimal)\""
  }

  private func answer(_ request: ReceivedRequest, _ connection: TestConnection) throws {
    let now = contents.withLock { $0 }
    if request.target == "/api/index" {
      if let status = now.batchStatus { return try connection.reply(status) }
      let asked = try WireCoding.decode(IndexBatchRequest.self, from: request.body).skills
      guard request.method == "POST", asked.count <= IndexBatchRequest.maximumNames else {
        return try connection.reply(400)
      }
      var entries = try asked.map { try Self.entry($0, now) }
      now.twist(&entries)
      return try connection.reply(200, WireCoding.encode(IndexBatchResponse(skills: entries)))
    }
    crowd.withLock { crowd in
      crowd.now += 1
      crowd.most = max(crowd.most, crowd.now)
    }
    defer { crowd.withLock { $0.now -= 1 } }
    let name = String(request.target.dropFirst("/index/".count))
    if let present = now.moves[name] { return try connection.reply(308, headers: ["Location: /index/\(present)"]) }
    guard let document = now.documents[name] else {
      return try connection.reply(404, "<html>nothing here</html>")
    }
    let tag = try Self.tag(document)
    let headers = now.hasTags ? ["ETag: \(tag)"] : []
    if now.hasTags, request.headers["If-None-Match"] == tag { return try connection.reply(304, headers: headers) }
    try connection.reply(200, headers: headers, WireCoding.encode(document))
  }

  private static func entry(_ asked: IndexBatchRequest.Entry, _ now: Contents) throws -> IndexBatchResponse.Entry {
    guard let document = now.documents[asked.name] else {
      return IndexBatchResponse.Entry(name: asked.name, etag: nil, document: nil, movedTo: now.moves[asked.name])
    }
    let tag = try tag(document)
    return IndexBatchResponse.Entry(name: asked.name, etag: tag, document: asked.etag == tag ? nil : document)
  }
}
