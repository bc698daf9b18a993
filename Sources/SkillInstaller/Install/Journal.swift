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
  /// The failure that led here is the one to report.
  ///
  /// - Returns: False when something could not be taken back.
  @discardableResult mutating func undo() -> Bool {
    var isUndone = true
    while let step = undoing.popLast() {
      do throws(MeshError) { try step() } catch { isUndone = false }
    }
    return isUndone
  }

  func finish() {
    for step in finishing { step() }
  }
}
