import ArgumentParser

/// `agent-mesh cache`.
struct CacheCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cache",
    abstract: "Show, check or clear the cache of downloaded skills.",
    discussion: """
      One cache serves all projects of a person, so that it stands here and not below 'skills'. It is \
      AGENT_MESH_CACHE, else agent-mesh in the system's folder for caches. See: agent-mesh help cache
      """,
    subcommands: [ShowCache.self, CleanCache.self, VerifyCache.self])
}
