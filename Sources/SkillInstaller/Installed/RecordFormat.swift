import Skills

/// The number that says how a record of ours is written; whatever else it says may be written in another way.
enum RecordFormat {
  static func isNewer(_ bytes: [UInt8], than known: Int) -> Bool {
    (JSONNode(reading: bytes)?["format"]?.integer ?? 0) > known
  }
}
