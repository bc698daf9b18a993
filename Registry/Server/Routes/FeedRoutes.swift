import NIOCore
import RegistryAPI
import RegistryStore
import Skills

/// News of an author for programs that read feeds.
struct FeedRoutes: Sendable {
  let services: RegistryServices

  func atom(_ call: Call, _ caller: Accounts.Identity?) async throws -> Reply {
    try await reply(call, AtomFeed.mediaType) { AtomFeed($0).bytes }
  }

  func json(_ call: Call, _ caller: Accounts.Identity?) async throws -> Reply {
    try await reply(call, JSONFeed.mediaType) { try WireCoding.encode(JSONFeed($0)) }
  }

  /// A former name leads to the present one (RFC 9110, section 15.4.9).
  private func reply(_ call: Call, _ type: String, _ render: (AuthorFeed) throws -> [UInt8]) async throws -> Reply {
    let name = try call.authorName()
    guard let author = try await services.accounts.author(name), !author.isDeleted else {
      throw MeshError.unknownAuthor(name)
    }
    guard author.name == name else { throw MovedAuthor(name: author.name) }
    guard let site = Site(of: call.request, publicAddress: services.configuration.publicAddress) else {
      throw MeshError(
        .forbidden, "there are feeds only once the registry has a public address",
        hint: "Set public_address in its configuration.")
    }
    let releases = try await services.catalog.releases(ofAuthor: author.id, limit: AuthorFeed.limit)
    let bytes = try render(AuthorFeed(author: author, releases: releases, site: site))
    return .tagged(
      ByteBuffer(bytes: bytes), type: "\(type); charset=utf-8", tag: Digest(of: bytes).entityTag, for: call)
  }
}
