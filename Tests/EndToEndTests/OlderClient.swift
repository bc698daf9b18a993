import Foundation
import TestSupport

/// agent-mesh 0.19 at work: each request as `fetch` of Node 20 puts it on the wire, byte for byte.
///
/// Every command of it is a process, and so a connection of its own, which it keeps alive.
struct OlderClient: Sendable {
  var token: String
  private let port: Int
  /// Held, because its registry ends with it.
  private let scene: Scene

  init(_ scene: Scene, as author: String = "acme") async throws {
    token = try await scene.token(for: author).trimmingCharacters(in: .whitespacesAndNewlines)
    port = Int(scene.registry.url.split(separator: ":").last ?? "") ?? 0
    self.scene = scene
  }

  /// The responses to requests on one connection, one after the other.
  func send(_ requests: Request...) async throws -> [Response] {
    let (token, port) = (token, port)
    return try await onThread {
      let connection = try RawConnection(port: port)
      return requests.map { request in
        connection.write(request.bytes(port: port, token: token))
        return Response(connection.response())
      }
    }
  }
}

extension OlderClient {
  struct Request: Sendable {
    var method = "GET"
    var path: String
    /// What stands between the token and the fields of every request.
    var type: String?
    /// What it says of its length, when it has a body.
    var length: Int?
    var body: [UInt8] = []

    /// `client.get`, which names the type of a body that it does not have.
    static func get(_ path: String) -> Request { Request(path: path, type: json) }

    /// `client.del`.
    static func delete(_ path: String) -> Request { Request(method: "DELETE", path: path, type: json) }

    /// `client.getRaw`.
    static func raw(_ path: String) -> Request { Request(path: path) }

    /// `skills publish`.
    static func publish(_ skill: Skill) -> Request {
      let body = skill.form
      return Request(
        method: "POST", path: "/api/skills/publish", type: Skill.formType, length: body.count, body: body)
    }

    private static let json = "Content-Type: application/json"

    func bytes(port: Int, token: String) -> [UInt8] {
      var lines = [
        "\(method) \(path) HTTP/1.1", "host: 127.0.0.1:\(port)", "connection: keep-alive",
        "Authorization: Bearer \(token)",
      ]
      if let type { lines.append(type) }
      lines += [
        "accept: */*", "accept-language: *", "sec-fetch-mode: cors", "user-agent: node",
        "accept-encoding: gzip, deflate",
      ]
      if let length { lines.append("content-length: \(length)") }
      return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body
    }
  }

  struct Response: Sendable {
    var status: Int
    /// By names in lower case.
    var headers: [String: String] = [:]
    var body: [UInt8]

    init(_ received: (head: String, body: [UInt8])) {
      body = received.body
      let lines = received.head.split(separator: "\r\n")
      status = lines.first.flatMap { Int($0.split(separator: " ").dropFirst().first ?? "") } ?? 0
      for line in lines.dropFirst() {
        let parts = line.split(separator: ":", maxSplits: 1)
        headers[parts[0].lowercased()] = parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
      }
    }

    var text: String { String(decoding: body, as: UTF8.self) }

    /// The keys that 0.19 reads, each of the type that it takes it for; others do not matter.
    func read<Value: Decodable>(_ type: Value.Type) throws -> Value {
      let decoder = JSONDecoder()
      decoder.keyDecodingStrategy = .convertFromSnakeCase
      return try decoder.decode(type, from: Data(body))
    }
  }
}

// MARK: - What it reads

extension OlderClient {
  /// `GET /api/skills/{author}/{slug}`, and the same in lists and after publishing.
  struct Info: Decodable {
    var id: String
    var name: String
    var slug: String
    var description: String
    var version: String
    var authorLogin: String
    var isPrivate: Bool
    var hasFiles: Bool
    var createdAt: String
    var updatedAt: String
  }

  struct Published: Decodable {
    var success: Bool
    var action: String
    var skill: Info
  }

  struct Owned: Decodable {
    var owned: [Info]
    var authorized: [Info]
  }

  struct Confirmed: Decodable {
    var success: Bool
    var message: String
  }

  struct Failure: Decodable {
    var error: String
    var message: String
    /// Shown in place of the message where it is there.
    var errorDescription: String?
  }
}

// MARK: - What it publishes

extension OlderClient {
  /// A skill as a folder, and what its simple parser of front matter makes of it.
  struct Skill: Sendable, CustomStringConvertible {
    /// The JSON of the field `metadata`.
    var metadata: String
    var text: String
    /// Beside `SKILL.md`, by paths.
    var files: [String: String] = [:]
    /// What the name of the package begins with: the name and version that the parser read.
    var package: String?
    var slug: String
    var version = "1.0.0"
    var isPrivate = false

    var description: String { slug }

    /// The tree that everybody is to get.
    var tree: [String: [UInt8]] { files.merging(["SKILL.md": text]) { $1 }.mapValues { Array($0.utf8) } }

    static let formType = "content-type: multipart/form-data; boundary=----formdata-undici-078830697916"

    var form: [UInt8] {
      var form = field("metadata", metadata) + field("content", text)
      if let package {
        let file = "\r\nContent-Disposition: form-data; name=\"package\"; filename=\"\(package).zip\"\r\n"
        form += Array("\(Self.delimiter)\(file)Content-Type: application/zip\r\n\r\n".utf8) + zip + Array("\r\n".utf8)
      }
      return form + Array("\(Self.delimiter)--\r\n".utf8)
    }

    private static let delimiter = "------formdata-undici-078830697916"

    /// A text field, in which every line end has become CRLF.
    private func field(_ name: String, _ text: String) -> [UInt8] {
      let ends: [Character] = ["\n", "\r", "\r\n"]
      let value = text.map { ends.contains($0) ? "\r\n" : String($0) }.joined()
      let head = "\(Self.delimiter)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n"
      return Array((head + value + "\r\n").utf8)
    }

    /// Its own zip: everything deflated, from DOS, no modes, and names in UTF-8 that are not marked as such.
    private var zip: [UInt8] {
      var zip = ZipBuilder()
      for (path, bytes) in tree.sorted(by: { $0.key < $1.key }) {
        var part = ZipPart(Array(path.utf8), bytes)
        (part.host, part.mode) = (0, 0)
        zip.parts.append(part)
      }
      return zip.encoded
    }
  }
}

extension OlderClient.Skill {
  /// A plain one.
  static func plain(_ slug: String, _ version: String = "1.0.0", files: [String: String] = [:]) -> Self {
    Self(
      metadata: #"{"name":"\#(slug)","version":"\#(version)","description":"Does it."}"#,
      text: "---\nname: \(slug)\ndescription: \"Does it.\"\nversion: \(version)\n---\n\n# \(slug)\n\nDo it.\n",
      files: files, package: "\(slug)-\(version)", slug: slug, version: version)
  }

  /// - Parameters:
  ///   - lines: Of the front matter beside the name.
  ///   - claims: What the parser reads there beside the name, as JSON without its braces.
  ///   - read: The version that the parser reads, as it stands in the name of the package.
  private static func odd(
    _ slug: String, _ lines: String, _ claims: String, read: String, version: String = "1.0.0", isPrivate: Bool = false
  ) -> Self {
    Self(
      metadata: #"{"name":"\#(slug)",\#(claims)}"#, text: "---\nname: \(slug)\n\(lines)\n---\n\nText.\n",
      package: "\(slug)-\(read)", slug: slug, version: version, isPrivate: isPrivate)
  }

  /// Front matter that its parser reads otherwise than YAML.
  static let oddities: [Self] = versions + descriptions + visibilities + texts

  private static let versions: [Self] = [
    odd("one-number", "version: 1.0\ndescription: Works.", #""version":1,"description":"Works.""#, read: "1"),
    odd(
      "lost-zero", "version: 1.10\ndescription: Works.", #""version":1.1,"description":"Works.""#, read: "1.1",
      version: "1.10.0"),
    odd("quoted", "version: \"1.0\"\ndescription: Works.", #""version":"1.0","description":"Works.""#, read: "1.0"),
    odd("no-version", "description: Works.", #""version":"1.0.0","description":"Works.""#, read: "1.0.0"),
    odd("no-value", "version:\ndescription: Works.", #""version":[],"description":"Works.""#, read: ""),
    odd(
      "null-version", "version: null\ndescription: Works.\nauthor: ~",
      #""version":"null","description":"Works.","author":"~""#, read: "null"),
    odd(
      "comments", "version: '2.1.0' # first\ndescription: \"Works.\" # often",
      #""version":"2.1.0' # first","description":"Works.\" # often""#, read: "2.1.0' # first", version: "2.1.0"),
    odd(
      "nested", "description: Works.\nmetadata:\n  version: 3.0.0\n  author: somebody\n  tags: [one, two]",
      #""version":"3.0.0","description":"Works.","tags":["one","two"],"author":"somebody""#, read: "3.0.0",
      version: "3.0.0"),
    Self(
      metadata: #"{"name":42,"version":"1.0.0","description":"Works."}"#,
      text: "---\nname: 42\ndescription: Works.\n---\n", package: "42-1.0.0", slug: "42"),
    Self(
      metadata: #"{"name":"remark # mine","version":"1.0.0","description":"Works."}"#,
      text: "---\nname: remark # mine\ndescription: Works.\n---\n", package: "remark # mine-1.0.0", slug: "remark"),
  ]

  private static let descriptions: [Self] = [
    odd("next-line", "description:\n  Works.", #""version":"1.0.0","description":[]"#, read: "1.0.0"),
    odd(
      "folded", "description: >\n  Works\n  well.", #""version":"1.0.0","description":"Works well.""#, read: "1.0.0"),
    odd(
      "literal", "description: |\n  Works.\n  Well.", #""version":"1.0.0","description":"Works.\nWell.""#,
      read: "1.0.0"),
    odd("stripped", "description: >-\n  Works: well.", #""version":"1.0.0","description":">-""#, read: "1.0.0"),
    odd(
      "single-quotes", "description: 'It''s: ''good'''", #""version":"1.0.0","description":"It''s: ''good''""#,
      read: "1.0.0"),
    odd(
      "double-quotes", #"description: "Say \"yes\" \\ no""#,
      #""version":"1.0.0","description":"Say \\\"yes\\\" \\\\ no""#, read: "1.0.0"),
    odd(
      "escapes", #"description: "\u5929\u6C14 \u9884\u62A5""#,
      #""version":"1.0.0","description":"\\u5929\\u6C14 \\u9884\\u62A5""#, read: "1.0.0"),
    odd("unicode", "description: 天气预报 – café 🖥", #""version":"1.0.0","description":"天气预报 – café 🖥""#, read: "1.0.0"),
    odd(
      "other-keys", "description: Works.\ncategory: 7\ntags:\n  - one\n  - \"two\"\nsource_url: https://a.example",
      #""version":"1.0.0","description":"Works.","category":7,"tags":["one","two"],"source_url":"https://a.example""#,
      read: "1.0.0"),
  ]

  private static let visibilities: [Self] = [
    ("is-true", "true", "true", true), ("is-false", "false", "false", false), ("is-yes", "yes", #""yes""#, true),
    ("is-no", "no", #""no""#, false), ("is-quoted", "\"true\"", #""true""#, true),
    ("is-remarked", "true # mine", #""true # mine""#, true), ("is-one", "1", "1", true),
  ].map { slug, value, claim, isPrivate in
    odd(
      slug, "description: Works.\nprivate: \(value)",
      #""version":"1.0.0","description":"Works.","is_private":\#(claim)"#, read: "1.0.0", isPrivate: isPrivate)
  }

  private static let texts: [Self] = [
    Self(
      metadata: #"{"name":"crlf","version":"1.0.0","description":"Works."}"#,
      text: "---\r\nname: crlf\r\ndescription: Works.\r\n---\r\n\r\nText.\r\n", package: "crlf-1.0.0", slug: "crlf"),
    Self(
      metadata: #"{"name":"mixed-ends","version":"1.0.0","description":"Works."}"#,
      text: "---\nname: mixed-ends\ndescription: Works.\n---\r\n\nOne.\rTwo.\r\r\nThree.\n\r\n",
      package: "mixed-ends-1.0.0", slug: "mixed-ends"),
    Self(
      metadata: #"{"name":"byte-order-mark","version":"1.0.0","description":"Works."}"#,
      text: "\u{FEFF}---\nname: byte-order-mark\ndescription: Works.\n---\n", package: "byte-order-mark-1.0.0",
      slug: "byte-order-mark"),
    Self(
      metadata: #"{"name":"no-end","version":"1.0.0","description":"Works."}"#,
      text: "---\nname: no-end\ndescription: Works.\n---\n\nNo line end", package: "no-end-1.0.0", slug: "no-end"),
    plain("file-names", files: ["docs/é ü.md": "é", "docs/日本.md": "", "a b.txt": "a", "empty": ""]),
  ]
}
