import Foundation
import RegistryAPI
import Skills
import Testing

/// A body by its type and an example, complete with all optional keys.
struct BodyCase: Sendable, CustomStringConvertible {
  let description: String
  /// Decodes and encodes again.
  let round: @Sendable ([UInt8]) throws -> [UInt8]
  let example: [UInt8]

  init<Body: Codable & Sendable>(_ body: Body) throws {
    description = "\(Body.self)"
    round = { try WireCoding.encode(WireCoding.decode(Body.self, from: $0)) }
    example = try WireCoding.encode(body)
  }

  init(_ metadata: PublishMetadata) throws {
    description = "PublishMetadata"
    round = { try WireCoding.encode(PublishMetadata(reading: $0)) }
    example = try WireCoding.encode(metadata)
  }

  static let all: [BodyCase] = (try? examples()) ?? []

  private static func examples() throws -> [BodyCase] {
    let name = try SkillName(parsing: "acme/probe")
    let time = Date(timeIntervalSince1970: 1_767_323_045)
    let path = try SkillPath(parsing: "docs/ä.md")
    let manifest = FileManifest([
      FileManifest.Entry(path: path, size: 1, digest: Digest(of: "a".utf8), isExecutable: true)
    ])
    let version = VersionSummary(
      version: "1.0.0+b", status: .withdrawn, publishedAt: time, digest: Digest(of: "x".utf8), size: 7,
      treeDigest: manifest.treeDigest, description: "d", fileCount: 1)
    var skill = SkillSummary(
      id: "1", name: name, description: "d", isPrivate: true, createdAt: time, updatedAt: time)
    (skill.version, skill.digest, skill.treeDigest) = ("1.0.0", version.digest, version.treeDigest)
    skill.versions = ["1.0.0"]
    let finding = Finding(.nameInvalid, file: "SKILL.md", line: 1, message: "m", remedy: "r")
    var profile = Profile(author: "acme", tokenExpiresAt: "2027-01-01T00:00:00Z")
    (profile.rights, profile.skills, profile.agents) = (["yank"], ["acme/*"], ["*"])
    return try people(time) + [
      try BodyCase(skill), try BodyCase(version), try BodyCase(VersionList(versions: [version])),
      try BodyCase(FileList(version: "1.0.0", manifest: manifest)),
      try BodyCase(
        IndexDocument(name: name, isPrivate: true, versions: [.init(version, dependencies: ["acme/base@^1"])])),
      try BodyCase(LatestRequest(skills: ["acme/probe"])),
      try BodyCase(LatestResponse(skills: [.init(name: "acme/probe", version: nil)])),
      try BodyCase(PublishMetadata(name: "probe", version: "1.0.0", description: "d", isPrivate: true)),
      try BodyCase(
        PublishResponse(action: .updated, skill: skill, version: version, url: "/x", warnings: [finding])),
      try BodyCase(OwnSkills(owned: [skill], authorized: [skill])),
      try BodyCase(profile), try BodyCase(Confirmation("done")),
      try BodyCase(Health(status: "ok", version: "1")),
      try BodyCase(ErrorBody(MeshError(.gone, "m", hint: "h"), status: 410, title: "Gone", requestID: "r")),
    ]
  }

  /// Of logins, tokens and authors.
  private static func people(_ time: Date) throws -> [BodyCase] {
    let client = DeviceLoginRequest.ClientInfo(deviceName: "agent-mesh on x", os: "linux", version: "1")
    let token = TokenSummary(
      id: 7, name: "ci", rights: ["yank"], skills: ["acme/*"], agents: ["*"], createdAt: time, lastUsedAt: time,
      expiresAt: time, isCurrent: true)
    let author = AuthorSummary(id: "1", login: "acme", name: nil, avatarUrl: "https://registry.example/a.png")
    return [
      try BodyCase(DeviceLoginRequest(clientInfo: client, scope: "yank call")),
      try BodyCase(
        DeviceLoginResponse(
          deviceCode: "d", userCode: "BCDF-GHJK", verificationUri: "https://registry.example/auth/device",
          verificationUriComplete: "https://registry.example/auth/device?code=BCDF-GHJK", expiresIn: 900, interval: 5)),
      try BodyCase(DeviceTokenRequest(deviceCode: "d")),
      try BodyCase(
        DeviceTokenResponse(
          accessToken: "ah_x", expiresIn: 60, scope: "yank", user: .init(id: "1", email: "a@b.example", name: "acme"))),
      try BodyCase(OAuthError(error: "slow_down", errorDescription: "m", requestID: "r")),
      try BodyCase(OwnTokens(tokens: [token])), try BodyCase(TokenResponse(token: token, secret: "ah_x")),
      try BodyCase(TokenRequest(name: "ci", rights: ["yank"], skills: ["acme/*"], agents: ["*"], expiresInDays: 30)),
      try BodyCase(author), try BodyCase(ProfileChange(email: "a@b.example")),
      try BodyCase(OwnSubscriptions(subscriptions: [.init(author: author, createdAt: time)])),
      try BodyCase([SecretReport(token: "ah_x", type: "t", url: "https://git.example/x", source: "content")]),
      try BodyCase(
        JSONFeed(
          title: "t", homePageURL: "https://registry.example/a", feedURL: "https://registry.example/a/feed.json",
          authors: [.init(name: "acme", url: "https://registry.example/a")],
          items: [.init(id: "1", url: "https://a.example/b", title: "t", contentText: "c", datePublished: time)])),
    ]
  }
}

@Suite struct BodyTests {
  @Test func `every body has an example`() {
    #expect(BodyCase.all.count == 27)
  }

  @Test(arguments: BodyCase.all)
  func `a body comes back as it was sent`(body: BodyCase) throws {
    #expect(try body.round(body.example) == body.example)
  }

  @Test(arguments: BodyCase.all)
  func `keys of the future are ignored`(body: BodyCase) throws {
    let object = try JSONSerialization.jsonObject(with: Data(body.example))
    let extended = try JSONSerialization.data(withJSONObject: Self.extended(object))
    #expect(try body.round(Array(extended)) == body.example)
  }

  @Test(arguments: BodyCase.all)
  func `keys are written in one order, slashes as they are, times in UTC`(body: BodyCase) throws {
    let text = String(decoding: body.example, as: UTF8.self)
    #expect(!text.contains("\\/"))
    let object = try JSONSerialization.jsonObject(with: Data(body.example))
    let sorted = try JSONSerialization.data(withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes])
    #expect(Array(sorted) == body.example)
    if text.contains("published_at") { #expect(text.contains(#""published_at":"2026-01-02T03:04:05Z""#)) }
  }

  @Test func `a profile always has the keys that older clients look for`() throws {
    let text = String(decoding: try WireCoding.encode(Profile(author: "a", tokenExpiresAt: nil)), as: UTF8.self)
    #expect(text == #"{"author":"a","author_email":null,"email":null}"#)
  }

  @Test(arguments: [
    ("published", VersionStatus.published), ("withdrawn", .withdrawn), ("quarantined", .quarantined),
    ("on_the_moon", .withdrawn),
  ])
  func `a status that we do not know is nothing to install`(text: String, status: VersionStatus) throws {
    #expect(try WireCoding.decode([VersionStatus].self, from: #"["\#(text)"]"#.utf8) == [status])
  }

  /// The same with a key of the future in every object.
  private static func extended(_ value: Any) -> Any {
    switch value {
    case let object as [String: Any]:
      var copy = object.mapValues(extended)
      copy["x_future"] = ["nested": [1, "2", NSNull()]] as [String: Any]
      return copy
    case let list as [Any]: return list.map(extended)
    default: return value
    }
  }
}
