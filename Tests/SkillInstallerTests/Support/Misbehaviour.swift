import Foundation
import SkillArchive
import Skills
import TestSupport

/// One way in which a registry, or something on the way to it, is broken or hostile.
///
/// Everything is about `acme/probe@2.0.0`; 1.0.0 of it is always good.
struct Misbehaviour: Sendable, CustomStringConvertible {
  let name: String
  /// What installing 2.0.0 must fail with.
  let code: ErrorCode
  let apply: @Sendable (FakeRegistry) throws -> Void

  var description: String { name }

  static let all: [Misbehaviour] = bodies + redirects + statuses + indexes + entries + archives

  /// Changes the listed version.
  static func entry(
    _ name: String, _ code: ErrorCode = .integrityError, _ change: @escaping @Sendable (inout FakeVersion) -> Void
  ) -> Misbehaviour {
    Misbehaviour(name: name, code: code) { $0.amend("acme/probe", "2.0.0", change) }
  }

  /// Serves these bytes, which the index describes truly.
  static func archive(
    _ name: String, _ code: ErrorCode = .integrityError, _ bytes: @escaping @Sendable () throws -> [UInt8]
  ) -> Misbehaviour {
    Misbehaviour(name: name, code: code) { registry in
      let bytes = try bytes()
      registry.amend("acme/probe", "2.0.0") { $0 = $0.carrying(bytes) }
    }
  }

  /// Answers the request for the archive itself.
  static func download(
    _ name: String, _ code: ErrorCode, _ answer: @escaping FakeRegistry.Answer
  ) -> Misbehaviour {
    Misbehaviour(name: name, code: code) { $0.change { $0.answers["/2.0.0/download"] = answer } }
  }

  /// Answers the request for the index itself.
  static func index(
    _ name: String, _ code: ErrorCode, _ answer: @escaping FakeRegistry.Answer
  ) -> Misbehaviour {
    Misbehaviour(name: name, code: code) { $0.change { $0.answers["/index/acme/probe"] = answer } }
  }

  /// Answers the request for the index with this text.
  static func index(_ name: String, _ code: ErrorCode, text: @escaping @Sendable () -> String) -> Misbehaviour {
    index(name, code) { _, connection in try connection.reply(200, text()) }
  }
}
