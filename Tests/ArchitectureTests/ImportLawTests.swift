import Foundation
import Testing

@Suite struct ImportLawTests {
  @Test(arguments: ImportLaw.all)
  func `a target imports what the architecture allows`(law: ImportLaw) throws {
    let files = try Checkout.swiftFiles(in: law.folder)
    #expect(!files.isEmpty)
    for file in files {
      let foreign = Set(try Checkout.imports(of: file)).subtracting(law.allowed)
      #expect(foreign.isEmpty, "\(file.lastPathComponent) imports \(foreign.sorted())")
    }
  }

  @Test(arguments: ImportLaw.all)
  func `a foreign library stays in the one file that wraps it`(law: ImportLaw) throws {
    for (module, limit) in law.confined {
      let importers = try Checkout.swiftFiles(in: law.folder).filter { try Checkout.imports(of: $0).contains(module) }
      #expect(importers.count == limit, "\(module) is imported by \(importers.map(\.lastPathComponent))")
    }
  }

  @Test func `every source file belongs to a target of the law`() throws {
    let known = ImportLaw.all.map { Checkout.root.appendingPathComponent($0.folder).path + "/" }
    for file in try Checkout.swiftFiles(in: "Sources") + Checkout.swiftFiles(in: "Registry") {
      #expect(known.contains { file.path.hasPrefix($0) }, "\(file.path)")
    }
  }

  @Test func `reads imports in every form in which they are written`() throws {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("imports-\(UUID().uuidString).swift")
    defer { try? FileManager.default.removeItem(at: file) }
    let text = """
      import A
      @preconcurrency import B
        public import struct C.D
      package import func E.f
      @testable @preconcurrency @_spi(X) public import G
      // important: import nothing
      let word = "import X"
      """
    try text.write(to: file, atomically: true, encoding: .utf8)
    #expect(try Checkout.imports(of: file) == ["A", "B", "C", "E", "G"])
  }

  @Test func `the client's program is built without the server's libraries`() throws {
    let laws = Dictionary(uniqueKeysWithValues: ImportLaw.all.map { ($0.target, $0.allowed) })
    var reached: Set<String> = []
    var open = ["agent-mesh"]
    while let target = open.popLast() {
      if reached.insert(target).inserted { open += laws[target] ?? [] }
    }
    #expect(reached.isDisjoint(with: ["RegistryStore", "RegistryServer", "GRDB", "NIOCore", "Hummingbird"]))
    #expect(reached.contains("HTTPTransport"))
  }

  @Test func `every folder of tests is built and tests something`() throws {
    let manifest = try String(contentsOf: Checkout.root.appendingPathComponent("Package.swift"), encoding: .utf8)
    let folders = try FileManager.default.contentsOfDirectory(
      atPath: Checkout.root.appendingPathComponent("Tests").path)
    for folder in folders.filter({ $0.hasSuffix("Tests") }) {
      let module = folder.dropLast("Tests".count)
      #expect(manifest.contains("\"\(module)\""), "\(folder) is in no target")
      let files = try Checkout.swiftFiles(in: "Tests/\(folder)")
      #expect(
        try files.contains { try String(contentsOf: $0, encoding: .utf8).contains("@Test") }, "\(folder) is empty")
    }
  }

  @Test func `only the folders and files of the architecture stand at the top`() throws {
    let allowed: Set<String> = [
      "Package.swift", "Sources", "Tests", "Registry", "schemas", "README.md", "Scripts", "docs", "LICENSE",
    ]
    let names = try FileManager.default.contentsOfDirectory(atPath: Checkout.root.path)
    let foreign = names.filter { !$0.hasPrefix(".") && $0 != "Package.resolved" && !allowed.contains($0) }
    #expect(foreign.isEmpty)
  }
}
