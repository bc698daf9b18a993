import FoundationSubset

/// The number that says how a record of ours is written; whatever else it says may be written in another way.
struct RecordFormat: Decodable {
  private let format: Int

  static func isNewer(_ bytes: [UInt8], than known: Int) -> Bool {
    ((try? JSONDecoder().decode(RecordFormat.self, from: Data(bytes)))?.format ?? 0) > known
  }
}
