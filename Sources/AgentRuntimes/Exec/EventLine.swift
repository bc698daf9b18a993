import FoundationSubset

/// One line of a program's output: an event as JSON.
///
/// What is no object, or of a type that is not known, says nothing.
struct EventLine: Decodable {
  private enum Kind: String {
    case text, thinking, status, artifact, message, usage, done, failed
    case toolStart = "tool_start"
    case toolInput = "tool_input"
    case toolResult = "tool_result"
    case inputRequired = "input_required"

    /// The event of a line that is handed on as it is; nil for one whose fields are read.
    func whole(_ line: [UInt8]) -> RuntimeEvent? {
      let json = String(decoding: line, as: UTF8.self)
      return switch self {
      case .artifact: .artifact(json)
      case .message: .message(json)
      case .usage: .usage(json)
      default: nil
      }
    }
  }

  /// Read by itself: what a line of another type has in the fields is its own business.
  private struct Header: Decodable {
    let kind: Kind?

    private enum CodingKeys: String, CodingKey {
      case type
    }

    init(from decoder: any Decoder) throws {
      let type = try? decoder.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .type)
      kind = type.flatMap { Kind(rawValue: $0) }
    }
  }

  private let delta: String?
  private let text: String?
  private let id: String?
  private let name: String?
  private let message: String?
  private let code: String?
  private let isError: Bool?
  private let attachments: [RuntimeAttachment]?

  private enum CodingKeys: String, CodingKey {
    case delta, text, id, name, message, code, attachments
    case isError = "is_error"
  }

  struct Malformed: Error {
    let reason: String
  }

  /// The event of a line; nil for a line that says nothing.
  ///
  /// - Throws: for an event whose fields are not what its type has.
  static func event(in line: [UInt8]) throws(Malformed) -> RuntimeEvent? {
    guard line.first(where: { !Self.blanks.contains($0) }) == UInt8(ascii: "{") else { return nil }
    do {
      let (decoder, bytes) = (JSONDecoder(), Data(line))
      guard let kind = try decoder.decode(Header.self, from: bytes).kind else { return nil }
      if let event = kind.whole(line) { return event }
      return try decoder.decode(EventLine.self, from: bytes).event(kind)
    } catch let malformed as Malformed {
      throw malformed
    } catch {
      throw Malformed(reason: "a line is not the JSON of an event")
    }
  }

  private static let blanks = Set(" \t\r".utf8)

  private func event(_ kind: Kind) throws(Malformed) -> RuntimeEvent? {
    switch kind {
    case .text: .text(try required(delta, "delta", of: kind))
    case .thinking: .thinking(try required(delta, "delta", of: kind))
    case .toolStart: .toolStart(id: try required(id, "id", of: kind), name: try required(name, "name", of: kind))
    case .toolInput: .toolInput(id: try required(id, "id", of: kind), try required(delta, "delta", of: kind))
    case .toolResult:
      .toolResult(
        id: try required(id, "id", of: kind), try required(text, "text", of: kind), isError: isError ?? false)
    case .status: .status(try required(message, "message", of: kind))
    case .inputRequired: .inputRequired(try required(message, "message", of: kind))
    case .done: .done(attachments: attachments ?? [])
    case .failed: .failed(code: code ?? "adapter_crash", message: try required(message, "message", of: kind))
    case .artifact, .message, .usage: nil
    }
  }

  private func required(_ value: String?, _ name: String, of kind: Kind) throws(Malformed) -> String {
    guard let value else { throw Malformed(reason: "an event '\(kind.rawValue)' has no text '\(name)'") }
    return value
  }
}
