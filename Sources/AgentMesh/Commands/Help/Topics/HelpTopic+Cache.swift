extension HelpTopic {
  static let cache = HelpTopic(
    name: "cache", title: "The cache, and working without a network",
    text: #"""
      Downloads are kept once for all of your projects: archives by
      their SHA-256, and index documents of registries. Everything is checked again
      whenever it is used, and downloaded again when it is damaged.

        agent-mesh cache info      its folder and its size
        agent-mesh cache verify    checks every file, removes damaged ones; exit
                                   status 7 when there were any
        agent-mesh cache clean     removes everything; --yes does not ask

      It is in AGENT_MESH_CACHE, else in agent-mesh below XDG_CACHE_HOME, else in
      ~/.cache/agent-mesh (on macOS ~/Library/Caches/agent-mesh). It holds at most
      1 GiB; what was used least recently goes first. Files that agent-mesh did not
      make are left alone.

      OFFLINE. With --offline commands use the cache and no network:

        agent-mesh skills install --offline
        agent-mesh skills ci --offline

      They fail with exit status 6 when something is missing. 'skills ci' and
      'install --frozen' ask no registry anything when all archives are there.

      Installed skills are copies of what is in the cache, never links into it:
      editing a skill cannot change the cache. Where the file system can, agents'
      copies are clones of files that take no space until one of them is changed.
      """#)
}
