import Foundation
import HTTPTypes
import RegistryAPI
import Skills

/// The SHA-256 that a request promises of its body in `Content-Digest` or `Repr-Digest` (RFC 9530).
///
/// Both mean the same here, for a body that is not compressed. Other algorithms are passed over.
struct BodyDigest: Equatable {
  private let promised: [Digest]

  /// - Throws: `MeshError` when a SHA-256 is promised that is none.
  init(_ headers: HTTPFields) throws {
    promised = try [HTTPField.Name.contentDigest, .reprDigest].flatMap { name in
      try (headers[name] ?? "").split(separator: ",").compactMap { try Self.digest($0, in: name) }
    }
  }

  var isEmpty: Bool { promised.isEmpty }

  /// - Throws: `MeshError` when `digest` is not the one that was promised.
  func demand(_ digest: Digest) throws {
    guard promised.allSatisfy({ $0 == digest }) else {
      throw MeshError(
        .invalidRequest, "the request body is not the one that its digest header promises",
        hint: "It changed on its way: send it again.")
    }
  }

  /// One member of the dictionary, `sha-256=:<base64>:`; nil for another algorithm.
  private static func digest(_ member: Substring, in name: HTTPField.Name) throws -> Digest? {
    let parts = member.split(separator: "=", maxSplits: 1)
    guard let key = parts.first, key.trimmingCharacters(in: .whitespaces).lowercased() == "sha-256" else { return nil }
    let value = (parts.dropFirst().first ?? "").prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces)
    guard value.count > 2, value.hasPrefix(":"), value.hasSuffix(":"),
      let bytes = Data(base64Encoded: String(value.dropFirst().dropLast())), let digest = Digest(raw: Array(bytes))
    else { throw MeshError(.invalidRequest, "\(name) promises a SHA-256 that is none") }
    return digest
  }
}
