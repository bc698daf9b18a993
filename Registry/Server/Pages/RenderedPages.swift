import Foundation
import NIOCore

/// Pages that are the same for everybody who is not signed in, as they were rendered, until something changes.
struct RenderedPages: Sendable {
  private struct Page: Sendable {
    var reply: Reply
    var expiresAt: Date
    var cost: Int
  }

  /// What is counted on a page, such as downloads, may be as old.
  private static let lifetime: TimeInterval = 60

  private let pages = BoundedCache<String, Page>(limit: 16 << 20) { $0.cost }

  /// The page that a call asks for, rendered when it is not known; 304 for a browser that has it.
  func reply(to call: Call, at time: Date, rendering render: () async throws -> Reply) async throws -> Reply {
    // The start page names the address by which it was asked for.
    let key = "\(call.request.head.authority ?? "") \(call.request.uri.string)"
    if let page = pages[key], time < page.expiresAt { return page.reply.unlessKnown(to: call) }
    let epoch = pages.epoch
    let reply = try await render()
    if reply.status == .ok, case .bytes(let bytes) = reply.body {
      let cost = bytes.readableBytes + 2 * key.utf8.count + 1_024
      let page = Page(reply: reply, expiresAt: time.addingTimeInterval(Self.lifetime), cost: cost)
      pages.insert(page, for: key, readAt: epoch)
    }
    return reply.unlessKnown(to: call)
  }

  /// To be called after every change that could show on a page.
  func forgetAll() { pages.removeAll() }
}
