import FoundationSubset

/// Frames as JSON: an object with `type`, keys in snake case.
///
/// Limits in bytes are the caller's business.
package enum FrameCoding {
  package static func encode(_ frame: AgentFrame) -> [UInt8] { bytes(of: frame) }

  package static func encode(_ frame: BridgeFrame) -> [UInt8] {
    if case .ack(let ack) = frame, let bytes = ack.plainBytes { return bytes }
    return bytes(of: frame)
  }

  /// A frame of a type that is not known is `unknown`.
  package static func agentFrame(_ bytes: some Sequence<UInt8>) throws(FrameRefusal) -> AgentFrame {
    try decode(bytes)
  }

  /// A frame of a type that is not known is `unknown`.
  package static func bridgeFrame(_ bytes: some Sequence<UInt8>) throws(FrameRefusal) -> BridgeFrame {
    try decode(bytes)
  }

  private static func bytes(of value: some Encodable) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    // Frames are text, integers and Booleans, which always have a form in JSON.
    return (try? encoder.encode(value)).map { Array($0) } ?? []
  }

  private static func decode<Frame: TypedFrame>(_ bytes: some Sequence<UInt8>) throws(FrameRefusal) -> Frame {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    do {
      return try decoder.decode(DecodedFrame<Frame>.self, from: Data(bytes)).frame.get()
    } catch let refusal as FrameRefusal {
      throw refusal
    } catch DecodingError.dataCorrupted {
      throw .notJSON
    } catch {
      throw .invalid(type: "", reason: "it is not an object with a type")
    }
  }
}

/// What a frame is, or why it is none, without losing its type on the way.
private struct DecodedFrame<Frame: TypedFrame>: Decodable {
  let frame: Result<Frame, FrameRefusal>

  init(from decoder: any Decoder) throws {
    let type = try decoder.container(keyedBy: FrameTypeKey.self).decode(String.self, forKey: .type)
    do {
      frame = .success(try Frame(type: type, from: decoder))
    } catch let error as DecodingError {
      frame = .failure(.invalid(type: String(type.prefix(40)), reason: error.fieldReason))
    }
  }
}

extension DecodingError {
  fileprivate var fieldReason: String {
    switch self {
    case .keyNotFound(let key, _): "\(key.stringValue) is missing"
    case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
      "\(context.codingPath.map(\.stringValue).joined(separator: ".")) has another type or value"
    @unknown default: "it cannot be read"
    }
  }
}

extension Acknowledgement {
  /// The frame written by hand, since there may be one for each token; nil for an id that JSON escapes.
  fileprivate var plainBytes: [UInt8]? {
    let isPlain = requestId.utf8.allSatisfy { byte in
      (0x20..<0x7F).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }
    guard isPlain else { return nil }
    return Array(#"{"attempt":\#(attempt),"request_id":"\#(requestId)","seq":\#(seq),"type":"ack"}"#.utf8)
  }
}
