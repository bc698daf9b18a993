import Skills

/// What a change has done so far: how each step of it is taken back, and what is left to do once all have succeeded.
struct Journal {
  private var undoing: [() throws(MeshError) -> Void] = []
  private var finishing: [() -> Void] = []

  mutating func note(_ undo: @escaping () throws(MeshError) -> Void) {
    undoing.append(undo)
  }

  mutating func later(_ step: @escaping () -> Void) {
    finishing.append(step)
  }

  /// Takes everything back, the last step first.
  ///
  /// The failure that led here is the one to report; what cannot be taken back is found by the next run.
  mutating func undo() {
    while let step = undoing.popLast() { try? step() }
  }

  func finish() {
    for step in finishing { step() }
  }
}
