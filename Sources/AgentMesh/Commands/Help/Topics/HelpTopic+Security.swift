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

      ASKED, on a terminal
        Before a skill is installed for the first time you see who published it and
        when, which files can run, which tools it wants without asking, hooks,
        suspicious text, and how much of an agent's context it takes. --yes agrees
        beforehand, for scripts; with --json, and where nobody can answer, nobody is
        asked. Look without installing: agent-mesh skills use.

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
