extension HelpTopic {
  static let security = HelpTopic(
    name: "security", title: "What is verified, asked, and never run",
    text: #"""
      An agent follows the text of a skill and runs its scripts. Treat a new skill
      like a program that you install.

      VERIFIED, always
        Archives have the SHA-256 that the registry's index promised and skills.lock
        recorded; the unpacked files have the promised digest as well. The cache is
        checked again on every read. A published version never changes.
        Archives cannot write outside of their folder: paths that climb, links,
        devices, bombs and clashing names are refused before anything is written.

      SHOWN, and asked on a terminal
        Before a skill is installed for the first time you see who published it and
        when, which files can run, which tools it wants without asking, hooks,
        suspicious text, and how much of an agent's context it takes; of an update,
        what it may do that it could not do before. --dry-run and --json ("reviews")
        show the same. --yes agrees beforehand, for scripts; where nobody can answer,
        what deserves attention is shown and nobody is asked. What was shown is what
        is installed. Look without installing: agent-mesh skills use.

      BOUNDED
        What a skill needs is decided by its registry. One change looks at no more
        than 2,000 skills, 100 one behind the other, 32 MiB of indexes and for 60
        seconds.

      NEVER
        Nothing of a skill is run by agent-mesh: no install scripts, no git hooks,
        no filters. Folders that you edited, or that agent-mesh did not make, are
        not replaced without --force, and are then kept in .agents/skills-backup.
        A token goes to the registry it was stored for, and to no other host.

      All of a change happens, or nothing: an interruption, a full disk or a crash
      leaves the old state or the new one.

        agent-mesh skills verify     the disk against skills.lock
        agent-mesh skills audit      yanked and quarantined versions, known findings
      """#)
}
