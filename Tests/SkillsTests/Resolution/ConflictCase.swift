import Testing

/// A conflict with the very words that it is explained in.
struct ConflictCase: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var shelf: [String]
  var roots: [String]
  var pins: [String] = []
  var before: Double?
  var explanation: [String]
  var suggestions: [String]

  init(
    _ description: String, _ shelf: [String], wants roots: [String], pins: [String] = [], before: Double? = nil,
    says explanation: [String], suggests suggestions: [String]
  ) {
    testDescription = description
    self.shelf = shelf
    self.roots = roots
    self.pins = pins
    self.before = before
    self.explanation = explanation
    self.suggestions = suggestions
  }

  static let all: [ConflictCase] = disagreements + absences + states
}

extension ConflictCase {
  private static let bases = ["base 1.0.0", "base 2.0.0", "base 3.0.0"]

  private static let disagreements: [ConflictCase] = [
    .init(
      "two skills that need different versions of a third",
      ["app 1.0.0: base@^1", "tool 2.0.0: base@^2"] + bases, wants: ["app", "tool"],
      says: [
        "acme/app@1.0.0 (wanted by this project) needs acme/base ^1, and acme/tool@2.0.0 (wanted by this project) "
          + "needs acme/base ^2, but only one version of acme/base can be installed."
      ],
      suggests: ["leave out acme/app", "leave out acme/tool"]),
    .init(
      "a run of versions",
      ["app 1.0.0: base@^1", "app 1.2.0: base@^1", "app 1.4.0: base@^1", "app 2.0.0: base@^2"] + bases,
      wants: ["app@^1", "base@^2"],
      says: [
        "This project wants acme/base ^2, and every version of acme/app from 1.0.0 to 1.4.0 (wanted by this project as "
          + "^1) needs acme/base ^1, but only one version of acme/base can be installed."
      ],
      suggests: ["ask for acme/app@^2.0.0 instead", "ask for acme/base@^1.0.0 instead"]),
    .init(
      "each version for another reason",
      ["app 1.0.0: base@^1", "app 1.1.0: base@^2", "app 2.0.0: lib@^2", "lib 1.0.0", "lib 2.0.0"] + bases,
      wants: ["app", "base@^3", "lib@^1"],
      says: [
        "This project wants acme/base ^3, acme/app@1.0.0 (wanted by this project) needs acme/base ^1, and "
          + "acme/app@1.1.0 needs acme/base ^2, but only one version of acme/base can be installed.",
        "This project wants acme/lib ^1, and acme/app@2.0.0 needs acme/lib ^2, but only one version of acme/lib can be "
          + "installed.",
      ],
      suggests: ["ask for acme/base@^2.0.0 instead", "ask for acme/lib@^2.0.0 instead"]),
    .init(
      "a chain", ["app 1.0.0: mid@^1", "mid 1.0.0: base@^1", "mid 1.1.0: base@^1"] + bases, wants: ["app", "base@^2"],
      says: [
        "acme/app@1.0.0 (wanted by this project) needs acme/mid ^1.",
        "This project wants acme/base ^2, and every version of acme/mid needs acme/base ^1, but only one version of "
          + "acme/base can be installed.",
      ],
      suggests: ["ask for acme/base@^1.0.0 instead"]),
    .init(
      "versions that are not beside each other",
      ["app 1.0.0: base@^1", "app 1.1.0: base@^2", "app 1.2.0: base@^1", "tool 1.0.0: base@^2 app@1.0.0||1.2.0"]
        + bases,
      wants: ["app", "tool@1"],
      says: [
        "acme/tool@1.0.0 (wanted by this project as 1) needs acme/app 1.0.0||1.2.0.",
        "acme/tool@1.0.0 needs acme/base ^2, and acme/app in the versions 1.0.0 and 1.2.0 needs acme/base ^1, but only "
          + "one version of acme/base can be installed.",
      ],
      suggests: ["tell the author of acme/tool that no version of it can be installed"]),
    .init(
      "a pin", ["app 1.0.0: base@^1"] + bases, wants: ["app"], pins: ["base@2.0.0"],
      says: [
        "acme/base is pinned to 2.0.0, and acme/app@1.0.0 (wanted by this project) needs acme/base ^1, but only one "
          + "version of acme/base can be installed."
      ],
      suggests: ["unpin acme/base: agent-mesh skills unpin acme/base"]),
    .init(
      "a skill that needs another version of itself", ["app 1.0.0: app@^2", "app 2.0.0"], wants: ["app@^1"],
      says: ["acme/app@1.0.0 (wanted by this project as ^1) needs itself as ^2, which it is not."],
      suggests: ["ask for acme/app@^2.0.0 instead"]),
  ]

  private static let absences: [ConflictCase] = [
    .init(
      "a skill that does not exist", ["app 1.0.0"], wants: ["app", "bas"],
      says: ["This project wants any version of acme/bas, but there is no such skill."],
      suggests: ["check the name acme/bas, or look for it: agent-mesh skills search bas"]),
    .init(
      "a need that does not exist", ["app 1.0.0: bas@^2"], wants: ["app"],
      says: ["acme/app@1.0.0 (wanted by this project) needs acme/bas ^2, but there is no such skill."],
      suggests: ["check the name acme/bas, or look for it: agent-mesh skills search bas"]),
    .init(
      "a range that nothing matches", ["app 1.0.0", "app 1.1.0", "app 2.0.0", "app 2.1.0"], wants: ["app@^3"],
      says: ["This project wants acme/app ^3, but no version of it matches: the newest are 2.1.0, 2.0.0 and 1.1.0."],
      suggests: ["ask for acme/app@^2.1.0 instead"]),
    .init(
      "a range of a need that nothing matches", ["app 1.0.0: base@^3", "app 1.1.0: base@^3", "base 1.0.0"],
      wants: ["app"],
      says: [
        "Every version of acme/app (wanted by this project) needs acme/base ^3, but no version of it matches: there is "
          + "only 1.0.0."
      ],
      suggests: ["tell the author of acme/app that no version of it can be installed"]),
    .init(
      "a pin to what does not exist", ["app 1.0.0"], wants: ["app"], pins: ["app@1.0.1"],
      says: ["acme/app is pinned to 1.0.1, but there is no such version: there is only 1.0.0."],
      suggests: ["unpin acme/app: agent-mesh skills unpin acme/app"]),
  ]

  private static let states: [ConflictCase] = [
    .init(
      "a yanked version", ["app 1.0.0", "app 1.1.0 yanked"], wants: ["app@^1.1"],
      says: ["This project wants acme/app ^1.1, but the only version of it that matches, 1.1.0, was yanked."],
      suggests: ["ask for acme/app@^1.0.0 instead", "ask for acme/app@1.1.0 by name, although it was yanked"]),
    .init(
      "a yanked version that a skill names",
      ["app 1.0.0: base@1.1.0", "tool 1.0.0: base@^1", "base 1.0.0", "base 1.1.0 yanked"], wants: ["app", "tool"],
      says: [
        "acme/app@1.0.0 (wanted by this project) needs acme/base 1.1.0, but the only version of it that matches, "
          + "1.1.0, was yanked."
      ],
      suggests: ["ask for acme/base@1.1.0 by name, although it was yanked"]),
    .init(
      "versions that are too new", ["app 1.0.0", "app 1.1.0 day9", "app 1.2.0 day10.5"], wants: ["app@^1.1"], before: 8,
      says: [
        "This project wants acme/app ^1.1, but of the versions of it that match, 1.2.0 was published less than 3d ago, "
          + "on 2026-01-11 12:00 UTC and 1.1.0 was published less than 3d ago, on 2026-01-10 00:00 UTC."
      ],
      suggests: ["ask for acme/app@^1.0.0 instead", "wait until 2026-01-14 12:00 UTC, or pass --min-age 0"]),
  ]
}
