import ArgumentParser
import Skills

/// Whether something that cannot be undone is asked about first.
struct ConfirmationOptions: ParsableArguments {
  @Flag(name: .shortAndLong, help: "Do not ask.")
  var yes = false

  /// - Parameters:
  ///   - act: What needs the answer, such as `clearing the cache`.
  ///   - refusal: What is said to whoever does not say yes, such as `nothing was removed`.
  /// - Throws: `confirmationNeeded` where nobody can answer, `declined` for anything but yes.
  func confirm(_ question: Message, for act: Message, else refusal: Message, in mesh: Mesh) throws {
    if yes { return }
    try mesh.confirm(
      question, needed: "\(act) needs a confirmation", hint: "Confirm with --yes.", declined: refusal)
  }
}
