import FoundationSubset

/// How JSON is written and read: sorted keys in snake case, slashes as they are, ISO 8601 times.
///
/// `treeDigest` is `tree_digest` in both directions; keys of dictionaries stay as they are.
package enum WireCoding {
  package static func encode(_ value: some Encodable, pretty: Bool = false) throws -> [UInt8] {
    Array(try (pretty ? prettyEncoder : encoder).encode(value))
  }

  package static func decode<Value: Decodable>(_ type: Value.Type, from bytes: some Sequence<UInt8>) throws -> Value {
    try decoder.decode(type, from: Data(bytes))
  }

  private static let encoder = makeEncoder([.sortedKeys, .withoutEscapingSlashes])
  private static let prettyEncoder = makeEncoder([.sortedKeys, .withoutEscapingSlashes, .prettyPrinted])

  private static let decoder: JSONDecoder = {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return decoder
  }()

  private static func makeEncoder(_ formatting: JSONEncoder.OutputFormatting) -> JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = formatting
    encoder.dateEncodingStrategy = .iso8601
    encoder.keyEncodingStrategy = .convertToSnakeCase
    return encoder
  }
}
