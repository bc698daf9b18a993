import BridgeProtocol
import Foundation
import RegistryStore

/// The JSON in which the events of tasks are in the log: written and read once for each token, and for each reader.
extension TaskEventBody {
  private static let encoder: JSONEncoder = {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }()

  private static let decoder = JSONDecoder()

  init(_ event: TaskEvent) throws {
    self = try Self.decoder.decode(TaskEventBody.self, from: Data(event.body.utf8))
  }

  var json: String {
    // Text and numbers alone: there is nothing in it that has no JSON.
    (try? Self.encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }
}
