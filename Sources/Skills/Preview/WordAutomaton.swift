/// Finds which of many words stand in a text, in one pass over its bytes and whatever the case of its letters
/// (Aho and Corasick, 1975).
///
/// NUL bytes are passed over, as shells do: a word with one inside is found.
struct WordAutomaton: Sendable {
  /// How far a pass has come.
  struct State: Sendable {
    /// The row of the table, as the index where it begins.
    fileprivate var row: UInt32 = 0
    /// The marks of all words that were met.
    var seen: UInt64 = 0
  }

  /// For each byte its column: bytes that stand in no word share one.
  private let columns: [UInt8]
  /// Rows of columns: the next row in the low half, the number of its marks in the high half.
  private let table: [UInt32]
  private let marks: [UInt64]

  /// - Parameter words: In lower case, each with what is marked where it stands.
  init(_ words: [(bytes: [UInt8], mark: UInt64)]) {
    let alphabet = Set(words.flatMap(\.bytes)).sorted()
    var columns = [UInt8](repeating: 0, count: 256)
    for (index, byte) in alphabet.enumerated() {
      columns[Int(byte)] = UInt8(index + 1)
      if (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) { columns[Int(byte) - 32] = UInt8(index + 1) }
    }
    let nul = alphabet.count + 1
    columns[0] = UInt8(nul)
    let trie = Trie(words, columns)
    let width = nul + 1
    precondition(trie.marks.count * width <= 1 << 16, "a row begins where 16 bits can say it")
    var marks: [UInt64] = [0]
    var entries: [UInt32] = []
    for (node, mark) in trie.marks.enumerated() {
      if mark != 0, !marks.contains(mark) { marks.append(mark) }
      entries.append(UInt32(node * width) | UInt32(marks.firstIndex(of: mark) ?? 0) << 16)
    }
    var table = [UInt32](repeating: 0, count: trie.marks.count * width)
    for node in trie.marks.indices {
      for column in 0..<nul { table[node * width + column] = entries[trie.next(node, UInt8(column))] }
      table[node * width + nul] = UInt32(node * width)
    }
    (self.columns, self.table, self.marks) = (columns, table, marks)
  }

  @inline(__always)
  func step(_ state: inout State, _ byte: UInt8) {
    let entry = table[Int(state.row) + Int(columns[Int(byte)])]
    state.row = entry & 0xFFFF
    if entry > 0xFFFF { state.seen |= marks[Int(entry >> 16)] }
  }

  /// The words as a tree of their beginnings, each node with the longest other beginning that it ends in.
  private struct Trie {
    private var children: [[UInt8: Int]] = [[:]]
    private var fallbacks = [0]
    private(set) var marks: [UInt64] = [0]

    init(_ words: [(bytes: [UInt8], mark: UInt64)], _ columns: [UInt8]) {
      for word in words { insert(word.bytes.map { columns[Int($0)] }, word.mark) }
      var queue = Array(children[0].values)
      var head = 0
      while head < queue.count {
        let node = queue[head]
        head += 1
        for (column, child) in children[node] {
          fallbacks[child] = next(fallbacks[node], column)
          marks[child] |= marks[fallbacks[child]]
          queue.append(child)
        }
      }
    }

    private mutating func insert(_ word: [UInt8], _ mark: UInt64) {
      var node = 0
      for column in word {
        if let child = children[node][column] {
          node = child
          continue
        }
        children[node][column] = children.count
        node = children.count
        children.append([:])
        fallbacks.append(0)
        marks.append(0)
      }
      marks[node] |= mark
    }

    func next(_ node: Int, _ column: UInt8) -> Int {
      var node = node
      while true {
        if let child = children[node][column] { return child }
        if node == 0 { return 0 }
        node = fallbacks[node]
      }
    }
  }
}
