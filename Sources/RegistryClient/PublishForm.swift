import HTTPTransport
import RegistryAPI
import Skills

extension RegistryClient {
  /// What goes up: a packed skill, or a SKILL.md alone.
  package enum Package: Sendable {
    case archive([UInt8], filename: String)
    case skillMarkdown([UInt8])

    fileprivate var size: Int {
      switch self {
      case .archive(let bytes, _), .skillMarkdown(let bytes): bytes.count
      }
    }
  }

  /// Publishes a version.
  ///
  /// Sending the same bytes again is answered as already published.
  package func publish(_ package: Package, metadata: PublishMetadata) async throws -> PublishResponse {
    let form = PublishForm(package: package, metadata: metadata)
    var request = try makeRequest(.post, Route.publish.path([]))
    request.headers["Content-Type"] = form.mediaType
    request.body = .parts(try form.parts())
    request.timeouts = timeouts.allowing(transferOf: package.size)
    return try await decode(PublishResponse.self, from: send(request))
  }
}

/// A package and its metadata as `multipart/form-data` (RFC 7578).
private struct PublishForm {
  let package: RegistryClient.Package
  let metadata: PublishMetadata
  let boundary = "agent-mesh-" + Digest(of: Randomness.bytes(16)).hexadecimal.prefix(32)

  var mediaType: String { "multipart/form-data; boundary=\(boundary)" }

  func parts() throws -> [HTTPBody.Part] {
    let json = try WireCoding.encode(metadata)
    var parts = [head("form-data; name=\"metadata\"", isFirst: true), .bytes(json)]
    switch package {
    case .archive(let bytes, let filename):
      let disposition = "form-data; name=\"package\"; filename=\"\(Self.quoted(filename))\""
      parts += [head(disposition, type: "application/gzip"), .bytes(bytes)]
    case .skillMarkdown(let bytes):
      parts += [head("form-data; name=\"content\""), .bytes(bytes)]
    }
    return parts + [.bytes(Array("\r\n--\(boundary)--\r\n".utf8))]
  }

  /// As browsers write it (HTML, "multipart/form-data"): nothing in a name can end the field or the line.
  private static func quoted(_ filename: String) -> String {
    filename.replacing("\r\n", with: "%0D%0A").replacing("\n", with: "%0A").replacing("\r", with: "%0D")
      .replacing("\"", with: "%22")
  }

  private func head(_ disposition: String, type: String? = nil, isFirst: Bool = false) -> HTTPBody.Part {
    let kind = type.map { "Content-Type: \($0)\r\n" } ?? ""
    let lead = isFirst ? "" : "\r\n"
    return .bytes(Array("\(lead)--\(boundary)\r\nContent-Disposition: \(disposition)\r\n\(kind)\r\n".utf8))
  }
}
