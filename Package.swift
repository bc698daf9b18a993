// swift-tools-version:6.2
import PackageDescription

/// One package, two programs.
///
/// Targets stand in dependency order: nothing depends on anything below it.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioWebSocket = Target.Dependency.product(name: "NIOWebSocket", package: "swift-nio")
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioHTTPTypesHTTP1 = Target.Dependency.product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let systemPackage = Target.Dependency.product(name: "SystemPackage", package: "swift-system")

/// - Parameter embedded: Files, and folders of files, that become constants of the code, named by their own names.
func library(
  _ name: String, _ dependencies: [Target.Dependency] = [], path: String? = nil, embedded: [String] = []
) -> Target {
  .target(
    name: name, dependencies: dependencies, path: path, resources: embedded.map { .embedInCode($0) },
    swiftSettings: strict)
}

func program(_ name: String, _ dependencies: [Target.Dependency], path: String? = nil) -> Target {
  .executableTarget(name: name, dependencies: dependencies, path: path, swiftSettings: strict)
}

func tests(_ module: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: module + "Tests", dependencies: dependencies + ["TestSupport"], swiftSettings: strict)
}

/// A module map alone, for calls of the system's own C library.
func shim(_ name: String) -> Target {
  .systemLibrary(name: name)
}

func system(_ name: String, pkgConfig: String?, apt: String, brew: String) -> Target {
  .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([apt]), .brew([brew])])
}

// One of its flags is refused with a warning at every build, and Linux needs none of them.
#if os(Linux)
  let utf8procFlags: String? = nil
#else
  let utf8procFlags: String? = "libutf8proc"
#endif

let package = Package(
  name: "agent-mesh",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "agent-mesh", targets: ["agent-mesh"]),
    .executable(name: "agent-mesh-registry", targets: ["agent-mesh-registry"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
  ],
  targets: [
    // No linker flags: both are loaded when the first archive or request needs them, and not before.
    system("CArchive", pkgConfig: nil, apt: "libarchive-dev", brew: "libarchive"),
    system("CCurl", pkgConfig: nil, apt: "libcurl4-openssl-dev", brew: "curl"),
    system("CMarkdown", pkgConfig: "libcmark-gfm", apt: "libcmark-gfm-extensions-dev", brew: "cmark-gfm"),
    system("CUTF8Proc", pkgConfig: utf8procFlags, apt: "libutf8proc-dev", brew: "utf8proc"),
    system("CYaml", pkgConfig: "yaml-0.1", apt: "libyaml-dev", brew: "libyaml"),
    system("CZlib", pkgConfig: "zlib", apt: "zlib1g-dev", brew: "zlib"),

    library("FoundationSubset"),
    shim("CFileSystem"),
    library("FileSystem", ["CFileSystem", systemPackage]),

    library("Skills", ["FoundationSubset", crypto, "CUTF8Proc", "CYaml"]),
    library("SkillArchive", ["Skills", "FoundationSubset", "FileSystem", "CArchive", "CZlib", systemPackage]),
    library("HTTPTransport", ["CCurl"]),
    library("TransportErrors", ["Skills", "HTTPTransport", systemPackage]),
    library("BridgeProtocol", ["FoundationSubset"]),
    library("RegistryAPI", ["Skills", "FoundationSubset", "BridgeProtocol"]),
    library(
      "RegistryClient",
      ["Skills", "FoundationSubset", "FileSystem", "RegistryAPI", "HTTPTransport", "TransportErrors", systemPackage]),
    library(
      "SkillInstaller",
      ["Skills", "SkillArchive", "FoundationSubset", "FileSystem", "RegistryAPI", "RegistryClient", systemPackage]),
    library(
      "SkillSources",
      [
        "Skills", "SkillArchive", "FoundationSubset", "FileSystem", "HTTPTransport", "TransportErrors", subprocess,
        systemPackage,
      ]),
    library(
      "AgentNetwork",
      [
        "Skills", "FoundationSubset", "FileSystem", "BridgeProtocol", "RegistryAPI", "HTTPTransport",
        "TransportErrors", "RegistryClient", systemPackage,
      ]),
    library("AgentRuntimes", ["FoundationSubset", "FileSystem", subprocess, systemPackage]),
    program(
      "agent-mesh",
      [
        "Skills", "SkillArchive", "FoundationSubset", "FileSystem", "HTTPTransport", "RegistryAPI", "RegistryClient",
        "SkillInstaller", "SkillSources", "BridgeProtocol", "AgentNetwork", "AgentRuntimes", systemPackage,
        argumentParser,
      ],
      path: "Sources/AgentMesh"),

    library("RegistryStore", ["Skills", "FileSystem", cryptoExtras, grdb, systemPackage], path: "Registry/Store"),
    library(
      "RegistryServer",
      [
        "Skills", "SkillArchive", "RegistryAPI", "BridgeProtocol", "RegistryStore", "HTTPTransport", "CMarkdown",
        hummingbird, hummingbirdCore, httpTypes, lifecycle, logging, mustache, nioCore, nioHTTP1, nioHTTPTypes,
        nioHTTPTypesHTTP1, nioPosix, nioWebSocket,
      ],
      path: "Registry/Server", embedded: ["Pages/Templates", "Contract/openapi.yaml"]),
    program(
      "agent-mesh-registry",
      [
        "Skills", "RegistryAPI", "RegistryStore", "RegistryServer", argumentParser, logging, nioCore, subprocess,
        systemPackage,
      ],
      path: "Registry/Main"),

    library("TestSupport", ["Skills", "SkillArchive", subprocess, systemPackage], path: "Tests/Support"),
    program(
      "Benchmarks",
      [
        "Skills", "SkillArchive", "FileSystem", "HTTPTransport", "BridgeProtocol", "RegistryStore", "RegistryServer",
        "TestSupport", hummingbird, httpTypes, logging, nioCore, nioHTTP1, nioPosix, nioWebSocket, systemPackage,
      ],
      path: "Tests/Benchmarks"),
    tests("FileSystem", ["FileSystem", systemPackage]),
    tests("Skills", ["Skills"]),
    tests("SkillArchive", ["Skills", "SkillArchive", "FileSystem", systemPackage]),
    tests("HTTPTransport", ["HTTPTransport"]),
    tests("RegistryAPI", ["Skills", "RegistryAPI"]),
    tests("BridgeProtocol", ["BridgeProtocol"]),
    tests(
      "AgentNetwork",
      [
        "Skills", "FileSystem", "BridgeProtocol", "HTTPTransport", "RegistryAPI", "RegistryClient", "AgentNetwork",
        nioCore, nioPosix, nioHTTP1, nioWebSocket, systemPackage,
      ]),
    tests("AgentRuntimes", ["FileSystem", "AgentRuntimes", systemPackage]),
    tests("RegistryClient", ["Skills", "HTTPTransport", "RegistryAPI", "RegistryClient", systemPackage]),
    tests(
      "SkillInstaller",
      ["Skills", "SkillArchive", "HTTPTransport", "RegistryAPI", "RegistryClient", "SkillInstaller", systemPackage]),
    tests("SkillSources", ["Skills", "SkillArchive", "HTTPTransport", "SkillSources", subprocess, systemPackage]),
    tests("RegistryStore", ["Skills", "RegistryStore", subprocess, systemPackage]),
    tests(
      "RegistryServer",
      [
        "Skills", "SkillArchive", "HTTPTransport", "BridgeProtocol", "RegistryAPI", "RegistryClient", "AgentNetwork",
        "RegistryStore", "RegistryServer", lifecycle, logging, nioCore, nioEmbedded, systemPackage,
      ]),
    tests("Architecture", ["Skills", "BridgeProtocol", "RegistryAPI", "SkillInstaller"]),
    tests(
      "EndToEnd",
      [
        "Skills", "FileSystem", "HTTPTransport", "RegistryAPI", "RegistryStore", subprocess, systemPackage,
        "agent-mesh", "agent-mesh-registry",
      ]),
  ]
)
