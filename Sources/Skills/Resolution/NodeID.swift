/// A skill in the graph of one resolution: the order in which its name became known.
struct NodeID: Hashable, Sendable {
  let index: Int
}

/// A value for each node of a graph.
struct NodeTable<Value: Sendable>: Sendable {
  private var values: [Value] = []

  var count: Int { values.count }
  var nodes: [NodeID] { values.indices.map(NodeID.init) }

  mutating func append(_ value: Value) { values.append(value) }

  subscript(node: NodeID) -> Value {
    get { values[node.index] }
    _modify { yield &values[node.index] }
  }
}

/// How many decisions had been made: 0 before the first one.
struct DecisionLevel: Hashable, Comparable, Sendable {
  private let number: Int

  static let root = DecisionLevel(number: 0)

  var next: DecisionLevel { DecisionLevel(number: number + 1) }

  static func < (left: Self, right: Self) -> Bool { left.number < right.number }
}

/// An incompatibility, by the order in which they became known.
struct IncompatibilityID: Hashable, Sendable {
  let index: Int
}
