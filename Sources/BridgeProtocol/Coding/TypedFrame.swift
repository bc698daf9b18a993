enum FrameTypeKey: String, CodingKey { case type }

/// One of several bodies, told apart by `type` beside its own fields.
protocol TypedFrame: Encodable {
  init(type: String, from decoder: any Decoder) throws
}

extension Encoder {
  /// Writes the fields of a body with its type beside them.
  func encode(_ type: String, _ body: some Encodable) throws {
    try encodeType(type)
    try body.encode(to: self)
  }

  func encodeType(_ type: String) throws {
    var container = container(keyedBy: FrameTypeKey.self)
    try container.encode(type, forKey: .type)
  }
}
