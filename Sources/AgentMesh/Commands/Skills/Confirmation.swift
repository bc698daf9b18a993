import SkillInstaller
import Skills

extension Mesh {
  /// Shows what a plan lets skills do and which ones go, and asks where somebody can answer.
  ///
  /// - Parameter isAgreed: Whether the answer was given beforehand; what deserves attention is shown all the same.
  /// - Throws: `declined` for anything but yes.
  func agree(to plan: ChangePlan, isAgreed: Bool) throws {
    guard canAsk, !isAgreed else { return showAttention(plan) }
    let new = plan.reviews.count(where: \.isNew)
    let updates = plan.reviews.contains { !$0.isNew && $0.deservesAttention }
    let gone = plan.steps.filter { $0.action == .remove }
    show(plan.reviews)
    for step in plan.changingSteps { warn(of: step) }
    guard new > 0 || updates || !gone.isEmpty else { return }
    for step in gone { talk.show("\(step.reference) would go: nothing needs it any more") }
    let question: Message = new == 1 ? "Install it?" : "Install these \(new) skills?"
    guard confirm(new > 0 && gone.isEmpty ? question : "Go on?") else {
      throw MeshError(.declined, "nothing was changed")
    }
  }

  /// Shows what a plan lets skills do.
  func show(_ reviews: [SkillReview]) {
    let columns = TerminalWidth.columns(of: .standardError) ?? 80
    let text = ReviewDisplay(reviews: reviews, columns: columns, style: talk.style).text
    if !text.isEmpty { talk.show(text) }
  }

  /// Shows what somebody should look at twice, where nobody is asked and the answer is no JSON, which has all of it.
  func showAttention(_ plan: ChangePlan) {
    for step in plan.changingSteps { warn(of: step) }
    if !printsJSON { show(plan.reviews.filter { $0.deservesAttention || (!$0.isNew && !$0.findings.isEmpty) }) }
  }

  private func warn(of step: PlannedStep) {
    guard let reason = step.yanked else { return }
    talk.warn("\(step.title) was yanked by its author" + (reason.isEmpty ? "" : ": \(reason)"))
  }
}
