extension HelpTopic {
  static let ranges = HelpTopic(
    name: "ranges", title: "Which versions a range allows",
    text: #"""
      Versions are MAJOR.MINOR.PATCH (semver.org). Ranges are those of npm:

        ^1.2.3        1.2.3 up to, and without, 2.0.0
        ^0.2.3        0.2.3 up to 0.3.0: below 1, a minor version may break things
        ~1.2.3        1.2.3 up to 1.3.0
        1.x  1  1.2.* any with these first numbers
        >=1.2 <3      both conditions
        1.2 - 2.4     from 1.2.0 to the last 2.4
        ^1 || ^3      either
        1.2.3         exactly that one
        *             any

      '*' and a skill without a range mean: any version that is not a pre-release. A
      pre-release such as 2.0.0-beta.1 is taken only for a range that names a
      pre-release of the same three numbers, such as >=2.0.0-beta.

      In a shell, quote ranges that have spaces, '>' or '*':

        agent-mesh skills install 'acme/reviewer@>=1.2 <3'

      Skills may depend on others, with ranges of their own, in their front matter
      (metadata.dependencies). One version of each skill is chosen that suits all
      who need it. When there is none, the conflict is explained with the chain that
      causes it, and with what would resolve it.
      """#)
}
