/// The script that makes a shell complete our commands.
enum CompletionScript {
  /// The script without the second of two functions for `help`.
  ///
  /// Argument Parser adds those of a `help` command of its own behind ours, under the same name, so that the shell
  /// would take the last of them and offer nothing. Any other text stays as it is.
  static func withoutBuiltInHelp(_ text: String) -> String {
    let heads = text.ranges(of: "\n_agent-mesh_help() {\n")
    guard heads.count == 2, let end = text[heads[1].upperBound...].firstRange(of: "\n}\n") else { return text }
    var script = text
    script.removeSubrange(heads[1].lowerBound..<text.index(before: end.upperBound))
    return script
  }
}
