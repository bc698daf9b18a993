extension HelpTopic {
  static let lockfile = HelpTopic(
    name: "lockfile", title: "skills.lock: the exact versions and files",
    text: #"""
      skills.lock is beside skills.json. agent-mesh writes it; do not edit it by
      hand. Commit it, so that everybody gets the same skills.

      For each skill it says the folder, the version or the source with its commit,
      the registry, the SHA-256 and size of the archive, a digest of the unpacked
      files, and what the skill depends on. Skills are sorted, one block each, so
      that changes of two people merge where they touch different skills, unless
      these stand next to each other. The same state always gives the same bytes.

        agent-mesh skills install            follows the lock; resolves what is not
                                             in it yet, and writes it
        agent-mesh skills install --frozen   exactly the lock; fails when it does
                                             not agree with skills.json, and writes
                                             nothing (also: agent-mesh skills ci)
        agent-mesh skills update             looks for newer versions within the
                                             ranges, and writes the lock
        agent-mesh skills verify             compares the disk with the lock
        agent-mesh skills lock --check       compares the lock with skills.json

      A skill always comes from the registry that it is locked to. A registry that
      gives other bytes for a locked version is an integrity error, and nothing is
      installed.

      After a merge conflict in skills.lock take either side, keep the lines of both
      in skills.json, and run 'agent-mesh skills install'.
      """#)
}
