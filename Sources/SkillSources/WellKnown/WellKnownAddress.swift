import FoundationSubset
import HTTPTransport
import Skills
import TransportErrors

/// The addresses that belong to a site, or to a path on it.
struct WellKnownAddress: Sendable {
  /// An address that may have an index.
  struct Probe: Hashable, Sendable {
    var url: HTTPURL
    /// Whether it stands above the typed path, so that not all of it is what was asked for.
    var isAbove: Bool
  }

  /// As it was typed, for messages.
  let text: String
  let origin: Origin
  /// Starts with a slash, unless it is empty; ends with none.
  let path: String

  init(parsing text: String) throws(MeshError) {
    do {
      let url = try HTTPURL(parsing: text)
      origin = url.origin
      var path = Substring(url.target.prefix { $0 != "?" })
      while path.hasSuffix("/") { path = path.dropLast() }
      self.path = String(path)
      self.text = text
    } catch {
      throw error.meshError
    }
  }

  /// In the order in which they are asked: what is nearest first, and there the newer version first.
  func probes() throws(MeshError) -> [Probe] {
    var probes: [Probe] = []
    for base in path.isEmpty ? [""] : [path, ""] {
      for folder in ["agent-skills", "skills"] {
        let text = "\(origin)\(base)/.well-known/\(folder)/index.json"
        probes.append(Probe(url: try Self.url(text), isAbove: base != path))
      }
    }
    return probes
  }

  /// Whether an address lies at the typed path or below it, on this site or where its index came from.
  func covers(_ url: HTTPURL, indexedBy index: HTTPURL) -> Bool {
    [origin, index.origin].contains(url.origin) && (path.isEmpty || url.target.hasPrefix(path + "/"))
  }

  /// RFC 3986 resolution of what a document names.
  static func resolve(_ reference: String, against document: HTTPURL) throws(MeshError) -> HTTPURL {
    guard let base = URL(string: document.text), let url = URL(string: reference, relativeTo: base) else {
      throw MeshError(.networkError, "'\(reference, limit: 200)' is not an address")
    }
    let target = try Self.url(url.absoluteString)
    if target.origin.mayBeLoopback, !document.origin.mayBeLoopback {
      throw MeshError(.networkError, "the index \(document) points at this machine: \(target)")
    }
    return target
  }

  /// A file beside a document of version 0.1.0, wherever that came from in the end.
  static func file(_ path: String, of name: SkillSlug, beside document: HTTPURL) throws(MeshError) -> HTTPURL {
    let folder = document.description.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    let encoded = path.utf8.map { byte in
      Self.isPlain(byte) ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
    return try url("\(folder.joined(separator: "/"))/\(name)/\(encoded.joined())")
  }

  private static func url(_ text: String) throws(MeshError) -> HTTPURL {
    do { return try HTTPURL(parsing: text) } catch { throw error.meshError }
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"): true
    default: "-._~/".utf8.contains(byte)
    }
  }
}
