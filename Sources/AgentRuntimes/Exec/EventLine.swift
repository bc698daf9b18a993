import FoundationSubset

/// One line of a program's output: an event as JSON.
///
/// What is no object, or of a type that is not known, says nothing.
struct EventLine: Decodable {
  private enum Kind: String, Decodable {
    case text, thinking, status, artifact, message, usage, done, failed
    case toolStart = "tool_start"
    case toolInput = "tool_input"
    case toolResult = "tool_result"
    case inputRequired = "input_required"
  }

  private let type: String
  private let delta: String?
  private let text: String?
  private let id: String?
  private let name: String?
  private let message: String?
  private let code: String?
  private let isError: Bool?
  private let attachments: [RuntimeAttachment]?

  private enum CodingKeys: String, CodingKey {
    case type, delta, text, id, name, message, code, attachments
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
      return try JSONDecoder().decode(EventLine.self, from: Data(line)).event(of: line)
    } catch let malformed as Malformed {
      throw malformed
    } catch {
      throw Malformed(reason: "a line is not the JSON of an event")
    }
  }

  private static let blanks = Set(" \t\r".utf8)

  private func event(of line: [UInt8]) throws(Malformed) -> RuntimeEvent? {
    guard let kind = Kind(rawValue: type) else { return nil }
    // Whole, as it is handed on.
    let json = String(decoding: line, as: UTF8.self)
    return switch kind {
    case .text: .text(try required(delta, "delta"))
    case .thinking: .thinking(try required(delta, "delta"))
    case .toolStart: .toolStart(id: try required(id, "id"), name: try required(name, "name"))
    case .toolInput: .toolInput(id: try required(id, "id"), try required(delta, "delta"))
    case .toolResult: .toolResult(id: try required(id, "id"), try required(text, "text"), isError: isError ?? false)
    case .status: .status(try required(message, "message"))
    case .artifact: .artifact(json)
    case .message: .message(json)
    case .inputRequired: .inputRequired(try required(message, "message"))
    case .usage: .usage(json)
    case .done: .done(attachments: attachments ?? [])
    case .failed: .failed(code: code ?? "adapter_crash", message: try required(message, "message"))
    }
  }

  private func required(_ value: String?, _ name: String) throws(Malformed) -> String {
    guard let value else { throw Malformed(reason: "an event '\(type.prefix(40))' has no text '\(name)'") }
    return value
  }
}
