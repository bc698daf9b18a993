import Foundation
import TestSupport

/// A registry of which every skill needs others that nobody has asked for yet; it ends when the value goes out of use.
final class EndlessRegistry: Sendable {
  /// What its skills look like.
  struct Shape: Sendable {
    let name: String
    /// Other skills that each one needs.
    let width: UInt
    /// Versions of each skill; the newest needs the others.
    var versions = 1
    /// Before each response.
    var delay = Duration.zero
  }

  /// One response.
  struct Sent: Sendable {
    let skills: Int
    let bytes: Int
  }

  /// Needs, directly or not, every other skill there is.
  static let root = "\(author)/skill-0"
  private static let author = "acme"

  /// In their order, each once it has gone out.
  let sent: Log<Sent>
  private let server: TestServer

  init(_ shape: Shape) {
    let sent = Log<Sent>()
    let index = EndlessIndex(shape, author: Self.author)
    self.sent = sent
    server = TestServer { request, connection in
      Thread.sleep(forTimeInterval: shape.delay.seconds)
      let names = try index.names(in: request)
      guard let body = index.response(to: request, naming: names) else { return try connection.reply(404) }
      try connection.reply(200, headers: ["Content-Type: application/json"], Array(body.utf8))
      sent.add(Sent(skills: names.count, bytes: body.utf8.count))
    }
  }

  var url: String { "http://127.0.0.1:\(server.port)" }
}

/// The documents of an endless registry, made when they are asked for.
private struct EndlessIndex: Sendable {
  private let width: UInt
  private let prefix: String
  /// The versions that need nothing, each with a comma behind it.
  private let older: String

  private struct Question: Decodable {
    struct Entry: Decodable {
      let name: String
    }

    let skills: [Entry]
  }

  init(_ shape: EndlessRegistry.Shape, author: String) {
    width = shape.width
    prefix = "\(author)/skill-"
    older = (1..<max(shape.versions, 1)).map { Self.version("1.0.\($0)", needs: "") + "," }.joined()
  }

  func names(in request: ReceivedRequest) throws -> [String] {
    guard request.target == "/api/index" else { return [String(request.target.dropFirst("/index/".count))] }
    return try JSONDecoder().decode(Question.self, from: Data(request.body)).skills.map(\.name)
  }

  /// Nil for what is not asked of an index.
  func response(to request: ReceivedRequest, naming names: [String]) -> String? {
    let documents = names.compactMap(document)
    guard documents.count == names.count else { return nil }
    guard request.target == "/api/index" else { return documents.first }
    let entries = zip(names, documents).map { #"{"name":"\#($0)","etag":"\"1\"","document":\#($1)}"# }
    return #"{"skills":[\#(entries.joined(separator: ","))]}"#
  }

  /// Skills are numbered as a heap is: no number is needed by two.
  private func document(_ name: String) -> String? {
    guard name.hasPrefix(prefix), let number = UInt(name.dropFirst(prefix.count)) else { return nil }
    let needs = (1...width).map { "\"\(prefix)\(number &* width &+ $0)\"" }.joined(separator: ",")
    let newest = Self.version("2.0.0", needs: needs)
    return #"{"name":"\#(name)","is_private":false,"versions":[\#(older)\#(newest)]}"#
  }

  private static func version(_ number: String, needs: String) -> String {
    #"{"version":"\#(number)","status":"published","size":10,"published_at":"2026-01-01T00:00:00Z","#
      + #""digest":"sha256:\#(digest)","tree_digest":"t1:\#(treeDigest)","dependencies":[\#(needs)]}"#
  }

  private static let digest = String(repeating: "0", count: 64)
  private static let treeDigest = Data(count: 32).base64EncodedString()
}
