extension HelpTopic {
  static let updates = HelpTopic(
    name: "updates", title: "How skills move forward, and how they do not",
    text: #"""
        agent-mesh skills outdated         what there is that is newer
        agent-mesh skills update           newest versions within the ranges
        agent-mesh skills update acme/reviewer
        agent-mesh skills update --latest  beyond the ranges, and writes new ones

      Nothing moves unless you say so: 'skills install' keeps what skills.lock says.
      Updates never go backward, and a skill that was edited on disk stays as it is
      and is named.

      AGE. 'update' without names passes over versions that are younger than a day:
      most malicious versions are found within hours. The age is that of --min-age,
      else "min_age" of skills.json, else that of the configuration, else 24h.
      Write 0, 90m, 24h, 3d or 2w. A skill that you name yourself is not held back.
      What was passed over is listed. Only registries say when a version was
      published: a git source moves as soon as its branch does, unless it is pinned;
      archives and sites wait until you name the skill.

      PINS. 'skills pin <name>' keeps the installed version, or the commit of a git
      source, until 'skills unpin <name>'. 'skills rollback <name>' puts the version
      before back, from the cache where it can, and pins it.

      YANKED versions were taken back by their authors. They are not chosen any
      more; a lock that has one still installs, so that nothing breaks overnight.
      QUARANTINED versions were taken out of reach by the operator of the registry
      and are not chosen, locked or not. 'skills ci' asks no registry, so that it
      installs what is locked from the cache: 'skills audit' finds both.

      Look before you move: 'skills diff acme/reviewer' shows what would change in
      the instructions and in executable files.
      """#)
}
