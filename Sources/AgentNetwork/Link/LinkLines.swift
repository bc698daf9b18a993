import BridgeProtocol

/// The connections of one link: the one that counts, and those before it that are about to go.
struct LinkLines {
  /// Bytes that wait before runs wait, too.
  private static let limit = 4 << 20

  private var lines: [LinkLine] = []
  /// Opened last, and not closed by this side.
  private var current: Int?
  /// Bytes that wait, by connection.
  private var unsent: [Int: Int] = [:]
  private var waiting: [CheckedContinuation<Void, Never>] = []

  var isEmpty: Bool { lines.isEmpty }

  var isFull: Bool { unsent.values.reduce(0, +) > Self.limit }

  func isCurrent(_ number: Int) -> Bool { current == number }

  mutating func add(_ line: LinkLine) {
    lines.append(line)
    current = line.number
  }

  /// - Returns: Whether it was the one that counts.
  mutating func remove(_ number: Int) -> Bool {
    lines.removeAll { $0.number == number }
    unsent[number] = nil
    makeRoom()
    guard current == number else { return false }
    current = nil
    return true
  }

  /// On the one that counts; without one it is lost.
  mutating func send(_ frame: [UInt8]) {
    guard let line = currentLine else { return }
    unsent[line.number, default: 0] += frame.count
    line.give(.frame(frame))
  }

  mutating func sent(_ count: Int, over number: Int) {
    unsent[number]? -= count
    makeRoom()
  }

  /// Ends the one that counts, behind what was sent over it.
  mutating func close(_ code: CloseCode) {
    currentLine?.give(.close(code))
    current = nil
  }

  /// Ends all of them, behind what was sent.
  func finish() {
    for line in lines { line.finish() }
  }

  /// Resumes it when there may be room.
  mutating func wait(_ continuation: CheckedContinuation<Void, Never>) { waiting.append(continuation) }

  private mutating func makeRoom() {
    if isFull { return }
    for continuation in waiting { continuation.resume() }
    waiting.removeAll()
  }

  private var currentLine: LinkLine? { lines.first { $0.number == current } }
}
