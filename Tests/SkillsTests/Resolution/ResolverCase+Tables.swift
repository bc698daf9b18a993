extension ResolverCase {
  private static let three = ["a 1.0.0", "a 1.1.0", "a 2.0.0"]

  static let choices: [ResolverCase] = [
    .init("nothing is wanted", three, wants: [], gives: ""),
    .init("the newest of all", three, wants: ["a"], gives: "a@2.0.0"),
    .init("the newest of a range", three, wants: ["a@^1"], gives: "a@1.1.0"),
    .init("the newest that two wants allow", three, wants: ["a@^1", "a@<1.1"], gives: "a@1.0.0"),
    .init(
      "a diamond", ["a 1.0.0: c@^1", "b 1.0.0: c@<1.2", "c 1.0.0", "c 1.1.0", "c 1.2.0"], wants: ["a", "b"],
      gives: "a@1.0.0 b@1.0.0 c@1.1.0"),
    .init(
      "an older version because of what the newest needs",
      ["a 1.0.0: b@^1", "a 2.0.0: b@^2", "b 1.0.0", "b 2.0.0", "c 1.0.0: b@^1"], wants: ["a", "c"],
      gives: "a@1.0.0 b@1.0.0 c@1.0.0"),
    .init(
      "a way back over several decisions",
      [
        "a 1.0.0", "a 2.0.0: b", "b 1.0.0: c@^1", "b 2.0.0: c@^2", "c 1.0.0: d@^1", "c 2.0.0: d@^2", "d 1.0.0: x@^1",
        "d 2.0.0: x@^1", "x 1.0.0", "x 2.0.0",
      ], wants: ["a", "x@^2"], gives: "a@1.0.0 x@2.0.0"),
    .init(
      "the newest again after a step back",
      ["a 1.0.0: m@^1 b", "m 1.0.0: b@^1.0", "m 1.1.0: b@^1", "b 1.0.0", "b 2.0.0"],
      wants: ["a"], gives: "a@1.0.0 b@1.0.0 m@1.1.0"),
    .init("a cycle", ["a 1.0.0: b@^1", "b 1.0.0: a@^1"], wants: ["a"], gives: "a@1.0.0 b@1.0.0"),
    .init(
      "a cycle that only older versions close", ["a 1.0.0: b", "a 2.0.0: b", "b 1.0.0: a@^1", "b 2.0.0: a@^1"],
      wants: ["a"], gives: "a@1.0.0 b@2.0.0"),
    .init("a skill that needs itself", ["a 1.0.0: a@^1"], wants: ["a"], gives: "a@1.0.0"),
    .init(
      "a skill that needs another version of itself", ["a 1.0.0: a@^2", "a 2.0.0: a@^1"], wants: ["a"],
      gives: "conflict"),
    .init(
      "an older version that needs itself rightly", ["a 1.0.0: a@^1", "a 2.0.0: a@^1"], wants: ["a"], gives: "a@1.0.0"),
    .init(
      "nothing that a version not chosen needs", ["a 1.0.0: b", "a 2.0.0", "b 1.0.0"], wants: ["a"], gives: "a@2.0.0"),
    .init("a skill that does not exist", three, wants: ["b"], gives: "conflict"),
    .init("a version whose need does not exist is avoided", ["a 1.0.0", "a 2.0.0: b"], wants: ["a"], gives: "a@1.0.0"),
    .init("a range that nothing matches", three, wants: ["a@^3"], gives: "conflict"),
    .init(
      "two needs of one version for one skill", ["a 1.0.0: b@>=1.1.0 b@^1"] + ["b 1.0.0", "b 1.2.0", "b 2.0.0"],
      wants: ["a"], gives: "a@1.0.0 b@1.2.0"),
  ]

  private static let early = ["a 1.0.0", "a 2.0.0-beta.1", "a 2.0.0-beta.2"]

  static let prereleases: [ResolverCase] = [
    .init("no pre-release unasked", early, wants: ["a"], gives: "a@1.0.0"),
    .init("the newest pre-release that is asked for", early, wants: ["a@^2.0.0-beta"], gives: "a@2.0.0-beta.2"),
    .init(
      "a pre-release where there is nothing else", ["a 1.0.0-alpha", "a 1.0.0-beta"], wants: ["a"],
      gives: "a@1.0.0-beta"),
    .init("no pre-release for a star", ["a 1.0.0-alpha"], wants: ["a@*"], gives: "conflict"),
    .init(
      "a pre-release where every stable version was yanked", ["a 1.0.0 yanked", "a 1.1.0-rc.1"], wants: ["a"],
      gives: "a@1.1.0-rc.1"),
    .init(
      "no pre-release because the stable version is too new", ["a 1.0.0 day9", "a 1.0.0-rc.1"], wants: ["a"], before: 5,
      gives: "conflict"),
    .init(
      "any version of a skill of which the project wants a pre-release", early + ["b 1.0.0: a"],
      wants: ["b", "a@2.0.0-beta.1"], gives: "a@2.0.0-beta.1 b@1.0.0"),
    .init(
      "a locked pre-release that was chosen when there was nothing else", early, wants: ["a"],
      locked: ["a@2.0.0-beta.1"], gives: "a@2.0.0-beta.1"),
  ]

  static let kept: [ResolverCase] = [
    .init("a locked version", three, wants: ["a"], locked: ["a@1.0.0"], gives: "a@1.0.0"),
    .init("not a locked version that is not allowed", three, wants: ["a@^2"], locked: ["a@1.0.0"], gives: "a@2.0.0"),
    .init("not a locked version that is gone", three, wants: ["a"], locked: ["a@1.5.0"], gives: "a@2.0.0"),
    .init(
      "not what is locked but not wanted", three + ["b 1.0.0"], wants: ["b"], locked: ["a@1.0.0"], gives: "b@1.0.0"),
    .init(
      "locks, and something new that fits them", ["a 1.0.0: b@^1", "a 2.0.0: b@^2", "b 1.0.0", "b 2.0.0"],
      wants: ["a", "b"], locked: ["b@1.0.0"], gives: "a@1.0.0 b@1.0.0"),
    .init(
      "locks but for the one that has to move", ["a 1.0.0: b@^2", "b 1.0.0", "b 2.0.0", "c 1.0.0: b", "c 2.0.0: b"],
      wants: ["a", "c"], locked: ["b@1.0.0", "c@1.0.0"], gives: "a@1.0.0 b@2.0.0 c@1.0.0"),
    .init(
      "a locked version that was yanked", ["a 1.0.0 yanked", "a 1.1.0"], wants: ["a@^1"], locked: ["a@1.0.0"],
      gives: "a@1.0.0"),
    .init("a pinned version", three, wants: ["a"], pins: ["a@1.0.0"], gives: "a@1.0.0"),
    .init(
      "a pinned version rather than a locked one", three, wants: ["a"], locked: ["a@2.0.0"], pins: ["a@1.0.0"],
      gives: "a@1.0.0"),
    .init(
      "a pinned version that was yanked", ["a 1.0.0 yanked", "a 1.1.0"], wants: ["a"], pins: ["a@1.0.0"],
      gives: "a@1.0.0"),
    .init(
      "a pinned pre-release in any version", early, wants: ["a"], pins: ["a@2.0.0-beta.1"], gives: "a@2.0.0-beta.1"),
    .init("no pin against a range", three, wants: ["a@^2"], pins: ["a@1.0.0"], gives: "conflict"),
    .init("no pin to what does not exist", three, wants: ["a"], pins: ["a@7.0.0"], gives: "conflict"),
    .init("nothing of a pin that nobody wants", three + ["b 1.0.0"], wants: ["b"], pins: ["a@7.0.0"], gives: "b@1.0.0"),
    .init(
      "a version that fits the pin of what it needs", ["a 1.0.0: b@^1", "a 2.0.0: b@^2", "b 1.0.0", "b 2.0.0"],
      wants: ["a"], pins: ["b@1.0.0"], gives: "a@1.0.0 b@1.0.0"),
  ]

  static let passedOver: [ResolverCase] = [
    .init("a yanked version", ["a 1.0.0", "a 1.1.0 yanked"], wants: ["a"], gives: "a@1.0.0"),
    .init("a yanked version in a range", ["a 1.0.0", "a 1.1.0 yanked"], wants: ["a@^1"], gives: "a@1.0.0"),
    .init("a yanked version and all else", ["a 1.1.0 yanked"], wants: ["a"], gives: "conflict"),
    .init("no yanked version that is named", ["a 1.0.0", "a 1.1.0 yanked"], wants: ["a@1.1.0"], gives: "a@1.1.0"),
    .init(
      "a yanked version that a skill names", ["a 1.0.0", "a 1.1.0: b@1.0.0", "b 1.0.0 yanked"], wants: ["a"],
      gives: "a@1.0.0"),
    .init(
      "a version that is too new and that a skill names", ["a 1.0.0", "a 1.1.0: b@1.0.0", "b 1.0.0 day9"], wants: ["a"],
      before: 5, gives: "a@1.0.0"),
    .init(
      "no yanked version that a skill names, where it is locked", ["a 1.0.0: b@1.0.0", "b 1.0.0 yanked"], wants: ["a"],
      locked: ["b@1.0.0"], gives: "a@1.0.0 b@1.0.0"),
    .init(
      "no yanked version that the project names, for others either", ["a 1.0.0: b@^1", "b 1.0.0", "b 1.1.0 yanked"],
      wants: ["a", "b@1.1.0"], gives: "a@1.0.0 b@1.1.0"),
    .init(
      "a yanked version that one skill names, for another that does not",
      ["a 1.0.0: c@1.1.0", "b 1.0.0: c@^1", "c 1.0.0", "c 1.1.0 yanked"], wants: ["a", "b"], gives: "conflict"),
    .init("a version that is too new", ["a 1.0.0 day1", "a 1.1.0 day9"], wants: ["a"], before: 5, gives: "a@1.0.0"),
    .init(
      "no version from the very moment", ["a 1.0.0 day1", "a 1.1.0 day5"], wants: ["a"], before: 5, gives: "a@1.1.0"),
    .init(
      "no version that is too new but named", ["a 1.0.0", "a 1.1.0 day9"], wants: ["a@=1.1.0"], before: 5,
      gives: "a@1.1.0"),
    .init(
      "a version that is too new and one of two named", ["a 1.0.0", "a 1.1.0 day9"], wants: ["a@1.0.0||1.1.0"],
      before: 5, gives: "a@1.0.0"),
    .init(
      "no version that is too new but locked", ["a 1.0.0", "a 1.1.0 day9"], wants: ["a"], locked: ["a@1.1.0"],
      before: 5, gives: "a@1.1.0"),
    .init(
      "no version that is too new but pinned", ["a 1.0.0", "a 1.1.0 day9"], wants: ["a"], pins: ["a@1.1.0"], before: 5,
      gives: "a@1.1.0"),
    .init("no version where there is no cool-down", ["a 1.0.0", "a 1.1.0 day9"], wants: ["a"], gives: "a@1.1.0"),
  ]
}
