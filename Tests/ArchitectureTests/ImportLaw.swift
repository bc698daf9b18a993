/// What each target may import, beside the standard library.
///
/// The direction of these arrows is the architecture.
struct ImportLaw: Sendable, CustomStringConvertible {
  let target: String
  let folder: String
  let allowed: Set<String>
  /// Modules that exactly this many files of the target may import, and no more.
  let confined: [String: Int]

  /// - Parameter system: What of the system's own modules it may import: a pure target has no I/O, no clock, no
  ///   threads.
  init(
    _ target: String, _ folder: String, ours: Set<String>, others: Set<String>, confined: [String: Int] = [:],
    system: Set<String> = Self.system
  ) {
    self.target = target
    self.folder = folder
    allowed = ours.union(others).union(system)
    self.confined = confined
  }

  var description: String { target }

  /// The client does without the rest of Foundation, of which two fifths of a program are ICU's data.
  private static let system: Set<String> = [
    "FoundationSubset", "Synchronization", "Dispatch", "Glibc", "Musl", "Darwin",
  ]

  /// The frameworks of the server bring all of Foundation with them.
  private static let server = system.union(["Foundation"])

  /// For values and their JSON: dates and text, and nothing that opens, waits or runs.
  private static let pure: Set<String> = ["FoundationSubset"]

  /// What touches files only through `FileSystem`.
  private static let withoutLibraryOfC = system.subtracting(libraryOfC)

  private static let libraryOfC: Set<String> = ["Glibc", "Musl", "Darwin"]

  static let all: [ImportLaw] = [
    ImportLaw(
      "Skills", "Sources/Skills", ours: ["CUTF8Proc", "CYaml"], others: ["Crypto"],
      confined: ["CUTF8Proc": 1, "CYaml": 1, "Crypto": 1],
      system: pure),
    ImportLaw(
      "FoundationSubset", "Sources/FoundationSubset", ours: [], others: [],
      system: ["Foundation", "FoundationEssentials"]),
    ImportLaw("FileSystem", "Sources/FileSystem", ours: ["CFileSystem"], others: ["SystemPackage"], system: libraryOfC),
    ImportLaw("BridgeProtocol", "Sources/BridgeProtocol", ours: [], others: [], system: pure),
    ImportLaw("RegistryAPI", "Sources/RegistryAPI", ours: ["Skills", "BridgeProtocol"], others: [], system: pure),
    ImportLaw(
      "SkillArchive", "Sources/SkillArchive", ours: ["Skills", "FileSystem", "CArchive", "CZlib"],
      others: ["SystemPackage"]),
    ImportLaw(
      "HTTPTransport", "Sources/HTTPTransport", ours: ["CCurl"], others: [],
      system: libraryOfC.union(["Synchronization"])),
    ImportLaw(
      "TransportErrors", "Sources/TransportErrors", ours: ["Skills", "HTTPTransport"], others: ["SystemPackage"],
      system: []),
    ImportLaw(
      "RegistryClient", "Sources/RegistryClient",
      ours: ["Skills", "FileSystem", "RegistryAPI", "HTTPTransport", "TransportErrors"], others: ["SystemPackage"],
      system: withoutLibraryOfC),
    ImportLaw(
      "SkillInstaller", "Sources/SkillInstaller",
      ours: ["Skills", "SkillArchive", "RegistryAPI", "RegistryClient", "FileSystem"], others: ["SystemPackage"],
      system: withoutLibraryOfC),
    ImportLaw(
      "SkillSources", "Sources/SkillSources",
      ours: ["Skills", "SkillArchive", "FileSystem", "HTTPTransport", "TransportErrors"],
      others: ["Subprocess", "SystemPackage"], system: withoutLibraryOfC),
    ImportLaw(
      "AgentNetwork", "Sources/AgentNetwork",
      ours: [
        "Skills", "FileSystem", "BridgeProtocol", "RegistryAPI", "HTTPTransport", "TransportErrors", "RegistryClient",
      ],
      others: ["SystemPackage"], system: withoutLibraryOfC),
    ImportLaw(
      "AgentRuntimes", "Sources/AgentRuntimes", ours: ["FileSystem"], others: ["Subprocess", "SystemPackage"],
      system: withoutLibraryOfC),
    ImportLaw(
      "agent-mesh", "Sources/AgentMesh",
      ours: [
        "Skills", "SkillArchive", "FileSystem", "HTTPTransport", "RegistryAPI", "RegistryClient", "SkillInstaller",
        "SkillSources", "BridgeProtocol", "AgentNetwork", "AgentRuntimes",
      ],
      others: ["ArgumentParser", "SystemPackage"]),
    ImportLaw(
      "RegistryStore", "Registry/Store", ours: ["Skills", "FileSystem"],
      others: ["CryptoExtras", "GRDB", "SystemPackage"], confined: ["CryptoExtras": 1, "GRDB": 1],
      system: server.subtracting(libraryOfC)),
    ImportLaw(
      "RegistryServer", "Registry/Server",
      ours: [
        "Skills", "SkillArchive", "RegistryAPI", "BridgeProtocol", "RegistryStore", "HTTPTransport", "CMarkdown",
      ],
      others: [
        "Hummingbird", "HummingbirdCore", "HTTPTypes", "Logging", "Mustache", "NIOCore", "NIOHTTP1", "NIOHTTPTypes",
        "NIOHTTPTypesHTTP1", "NIOPosix", "NIOWebSocket", "ServiceLifecycle",
      ], confined: ["CMarkdown": 1, "HTTPTransport": 1, "Mustache": 3], system: server),
    ImportLaw(
      "agent-mesh-registry", "Registry/Main", ours: ["Skills", "RegistryAPI", "RegistryStore", "RegistryServer"],
      others: ["ArgumentParser", "Logging", "NIOCore", "Subprocess", "SystemPackage"], system: server),
  ]
}
