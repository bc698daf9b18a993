import BridgeProtocol
import FoundationSubset

/// One line of a journal.
///
/// The first one says what was started; each of the others has a frame, or says what is acknowledged of those that are
/// gone.
struct JournalRecord: Codable {
  struct Start: Codable {
    var requestId: String
    var sessionId: String
    var attempt: Int
  }

  var start: Start?
  var entry: LinkState.JournalEntry?
  /// The number up to which frames are gone.
  var acknowledged: Int?

  /// With the end of the line.
  func line() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.withoutEscapingSlashes]
    return Array(try encoder.encode(self)) + Array("\n".utf8)
  }

  /// The records of a text, with the number of bytes of each, up to a line that is torn or damaged.
  static func records(in bytes: ArraySlice<UInt8>) -> [(record: JournalRecord, size: Int)] {
    let decoder = JSONDecoder()
    var records: [(record: JournalRecord, size: Int)] = []
    var rest = bytes
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      guard let record = try? decoder.decode(JournalRecord.self, from: Data(rest[..<end])) else { break }
      records.append((record, end + 1 - rest.startIndex))
      rest = rest[(end + 1)...]
    }
    return records
  }
}
