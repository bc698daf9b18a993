extension HelpTopic {
  static let updates = HelpTopic(
    name: "updates", title: "How skills move forward, and how they do not",
    text: #"""
        agent-mesh skills outdated         which newer versions exist
        agent-mesh skills update           newest versions within the ranges
        agent-mesh skills update acme/reviewer
        agent-mesh skills update --latest  beyond the ranges, and writes new ones

      Nothing changes unless you say so: 'skills install' keeps what skills.lock says.
      An update never goes back to an older version. A skill that you edited stays as
      it is, with a warning.

      AGE. 'update' without names skips versions that are younger than a day:
      most malicious versions are found within hours. The age is that of --min-age,
      else "min_age" of skills.json, else that of the configuration, else 24h.
      Write 0, 90m, 24h, 3d or 2w. A skill that you name yourself is not held back.
      Skipped versions are listed. Only registries say when a version was
      published: a git source moves as soon as its branch does, unless it is pinned;
      archives and sites wait until you name the skill.

      PINS. 'skills pin <name>' keeps the installed version, or the commit of a git
      source, until 'skills unpin <name>'. 'skills rollback <name>' puts the version
      before back, from the cache where it can, and pins it.

      YANKED versions should not be installed any more, say their authors. They are
      chosen only by their exact number, with a warning and the reason; a lock that
      has one still installs, so that nothing breaks.
      WITHDRAWN versions were unpublished, QUARANTINED ones were blocked by the
      operator of the registry: neither can be downloaded. 'skills install' fails
      when a quarantined one is locked, with the reason; 'skills update <name>' moves
      to another version and says why. 'skills ci' may still install them from the
      cache; 'skills audit' finds them.

      A skill that cannot move, because its newer version is too young or does not
      go together with what other skills need, is held and named; the rest moves.

      Look before you update: 'skills diff acme/reviewer' shows what would change in
      the instructions and in executable files.
      """#)
}
