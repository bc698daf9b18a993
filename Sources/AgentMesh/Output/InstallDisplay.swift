import SkillInstaller
import Skills
import Synchronization

/// The progress of an installation on one line: the bytes of a single skill, or how many of many are there.
final class InstallDisplay: Sendable {
  private struct State {
    var total = 0
    var done = 0
    var finished: Set<SkillSlug> = []
  }

  private let line: ProgressLine
  private let state = Mutex(State())

  init(_ line: ProgressLine) {
    self.line = line
  }

  func show(_ event: SkillInstaller.Progress) {
    switch event {
    case .beginning(let count): state.withLock { $0 = State(total: count) }
    case .fetching(let skill, let bytes):
      let (done, total) = state.withLock { ($0.done, $0.total) }
      let share = "\(ByteCount.text(bytes)) of \(ByteCount.text(skill.size))"
      line.show(total > 1 ? "\(Self.bar(done, total)) \(skill.title): \(share)" : "fetching \(skill.title): \(share)")
    case .fetched(let skill):
      let (done, total) = state.withLock { state in
        if state.finished.insert(skill.folder).inserted { state.done += 1 }
        return (state.done, state.total)
      }
      line.show(total > 1 ? "\(Self.bar(done, total)) \(skill.title)" : "fetched \(skill.title)")
    case .waiting: line.announce("waiting for another agent-mesh that works here")
    case .placing(0): break
    case .placing(let count): line.show("placing \(count) skill\(count == 1 ? "" : "s")")
    }
  }

  /// `[#####     ] 50/100`, always of the same width for one total.
  static func bar(_ done: Int, _ total: Int) -> String {
    let width = 20
    let filled = total == 0 ? width : min(width, done * width / total)
    let count = String(done)
    let padding = String(repeating: " ", count: max(0, String(total).count - count.count))
    return "[" + String(repeating: "#", count: filled) + String(repeating: " ", count: width - filled)
      + "] \(padding)\(count)/\(total)"
  }
}
