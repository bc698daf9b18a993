import Foundation
import RegistryStore
import Skills
import TestSupport
import Testing

@Suite struct SearchTests {
  private func catalog(_ folder: TemporaryFolder, _ skills: [(String, String)]) async throws -> Catalog {
    let store = try RegistryStore(folder: folder.path.appending("data"))
    var identities: [AuthorName: Accounts.Identity] = [:]
    for (index, (name, description)) in skills.enumerated() {
      let name = try SkillName(parsing: name)
      if identities[name.author] == nil { identities[name.author] = try await newAuthor(name.author, store) }
      let identity = try #require(identities[name.author])
      let bytes = Array("\(index)".utf8)
      let entry = FileManifest.Entry(
        path: .skillMarkdown, size: bytes.count, digest: Digest(of: bytes), isExecutable: false)
      let version = NewVersion(
        name: name, version: try SemanticVersion(parsing: "1.0.0"), isPrivate: nil, description: description,
        dependencies: [], archiveDigest: Digest(of: bytes), archiveSize: 1, manifest: FileManifest([entry]))
      _ = try await store.catalog.publish(version, by: identity, at: Date(timeIntervalSince1970: Double(index)))
    }
    return store.catalog
  }

  private func newAuthor(_ name: AuthorName, _ store: RegistryStore) async throws -> Accounts.Identity {
    try await store.accounts.createAuthor(name, at: Date())
    let token = try #require(try await store.accounts.createToken(for: name, at: Date(), expiringAt: nil))
    return try #require(try await store.accounts.identity(presenting: token, at: Date()))
  }

  private func find(_ query: String, in catalog: Catalog, limit: Int = 20) async throws -> [String] {
    let scope = SearchScope(reader: .stranger, owner: nil, limit: limit)
    return try await catalog.search(SearchQuery(query), in: scope).map(\.skill.name.description)
  }

  @Test func `what others keep private weighs nothing in what somebody finds`() async throws {
    let open = [
      ("acme/one", "alpha alpha beta gamma"), ("acme/two", "alpha beta beta gamma"), ("acme/three", "gamma delta"),
    ]
    // What a private skill says would make one word rarer than the other, were it counted.
    func order(hidden: String) async throws -> (stranger: [String], owner: [String]) {
      let folder = try TemporaryFolder()
      let store = try RegistryStore(folder: folder.path.appending("data"))
      let acme = try await newAuthor(.init(parsing: "acme"), store)
      let rival = try await newAuthor(.init(parsing: "rival"), store)
      for (index, (name, text)) in open.enumerated() {
        _ = try await store.catalog.publish(version(name, text, index), by: acme, at: Date(timeIntervalSince1970: 0))
      }
      for index in 0..<30 {
        _ = try await store.catalog.publish(
          version("rival/secret-\(index)", hidden, 100 + index, isPrivate: true), by: rival, at: Date())
      }
      func find(_ reader: Accounts.Identity) async throws -> [String] {
        let scope = SearchScope(reader: Reader(reader), owner: nil, limit: 50)
        return try await store.catalog.search(SearchQuery("alpha beta"), in: scope).map(\.skill.name.description)
      }
      return try await (find(acme), find(rival))
    }
    let nothing = try await order(hidden: "omega")
    #expect(Set(nothing.stranger) == ["acme/one", "acme/two"])
    for word in ["alpha", "beta", "alpha beta beta beta"] {
      let found = try await order(hidden: word)
      #expect(found.stranger == nothing.stranger, "\(word)")
      #expect(found.owner.suffix(2) == nothing.stranger.suffix(2), "\(word)")
      #expect(found.owner.count == (word.contains(" ") ? 32 : 2), "\(word)")
    }
  }

  @Test func `a skill that becomes private or public is found by those alone who may see it`()
    async throws
  {
    let folder = try TemporaryFolder()
    let store = try RegistryStore(folder: folder.path.appending("data"))
    let acme = try await newAuthor(.init(parsing: "acme"), store)
    for (isPrivate, stranger) in [(true, 0), (false, 1), (true, 0)] {
      _ = try await store.catalog.publish(version("acme/one", "alpha", 1, isPrivate: isPrivate), by: acme, at: Date())
      for (reader, count) in [(Reader.stranger, stranger), (Reader(acme), 1)] {
        let scope = SearchScope(reader: reader, owner: nil, limit: 50)
        #expect(try await store.catalog.search(SearchQuery("alpha"), in: scope).count == count)
      }
      #expect(await store.check().faults.filter { $0.contains("search") }.isEmpty)
    }
  }

  @Test func `a skill is found by what its newest version says, whichever that becomes`() async throws {
    let folder = try TemporaryFolder()
    let store = try RegistryStore(folder: folder.path.appending("data"))
    let acme = try await newAuthor(.init(parsing: "acme"), store)
    func expect(alpha: [String], beta: [String]) async throws {
      for (word, versions) in [("alpha", alpha), ("beta", beta)] {
        let scope = SearchScope(reader: .stranger, owner: nil, limit: 50)
        #expect(try await store.catalog.search(SearchQuery(word), in: scope).map(\.version) == versions)
      }
      #expect(await store.check().faults.filter { $0.contains("search") }.isEmpty)
    }
    func publish(_ number: String, _ text: String, _ index: Int) async throws {
      var new = try version("acme/one", text, index)
      new.version = try SemanticVersion(parsing: number)
      _ = try await store.catalog.publish(new, by: acme, at: Date())
    }
    try await publish("1.0.0", "alpha", 1)
    try await expect(alpha: ["1.0.0"], beta: [])
    try await publish("1.1.0", "alpha", 2)
    try await expect(alpha: ["1.1.0"], beta: [])
    try await publish("1.2.0", "beta", 3)
    try await expect(alpha: [], beta: ["1.2.0"])
    let name = try SkillName(parsing: "acme/one")
    let last = try SemanticVersion(parsing: "1.2.0")
    #expect(try await store.catalog.withdraw(name, version: last, by: acme, at: Date()) == 1)
    try await expect(alpha: ["1.1.0"], beta: [])
    #expect(try await store.catalog.withdraw(name, version: nil, by: acme, at: Date()) == 2)
    try await expect(alpha: [], beta: [])
  }

  @Test func `a reader finds no private skill of an author whose name has the same words`() async throws {
    let folder = try TemporaryFolder()
    let store = try RegistryStore(folder: folder.path.appending("data"))
    var readers: [(Reader, [String])] = [(.stranger, [])]
    for (index, author) in ["ac-me", "x-ac-me", "ac-me-x"].enumerated() {
      let owner = try await newAuthor(.init(parsing: author), store)
      _ = try await store.catalog.publish(
        version("\(author)/one", "alpha beta", index, isPrivate: true), by: owner, at: Date())
      readers.append((Reader(owner), ["\(author)/one"]))
    }
    for (reader, expected) in readers {
      for words in ["alpha", "alpha be", "ac", "one"] {
        let scope = SearchScope(reader: reader, owner: nil, limit: 50)
        let found = try await store.catalog.search(SearchQuery(words), in: scope)
        #expect(found.map(\.skill.name.description) == expected, "\(words)")
      }
    }
  }

  private func version(
    _ name: String, _ description: String, _ content: Int, isPrivate: Bool? = nil
  ) throws -> NewVersion {
    let bytes = Array("\(content)".utf8)
    let entry = FileManifest.Entry(
      path: .skillMarkdown, size: bytes.count, digest: Digest(of: bytes), isExecutable: false)
    return NewVersion(
      name: try SkillName(parsing: name), version: try SemanticVersion(parsing: "1.0.0"), isPrivate: isPrivate,
      description: description, dependencies: [], archiveDigest: Digest(of: bytes), archiveSize: 1,
      manifest: FileManifest([entry]))
  }

  @Test func `the name itself comes first, then what begins with it, then what speaks of it`() async throws {
    let folder = try TemporaryFolder()
    let catalog = try await catalog(
      folder,
      [
        ("acme/code-review", "x"), ("acme/review-notes", "Review review review."), ("acme/other", "A review of text."),
        ("acme/review", "x"), ("review/tool", "x"), ("acme/walrus", "Nothing of it."),
      ])
    #expect(
      try await find("review", in: catalog)
        == ["acme/review", "acme/review-notes", "acme/code-review", "review/tool", "acme/other"])
    #expect(try await find("acme/code-review", in: catalog) == ["acme/code-review"])
    #expect(try await find("code review", in: catalog) == ["acme/code-review"])
    #expect(try await find("review", in: catalog, limit: 1) == ["acme/review"])
  }

  @Test(arguments: [
    ("rev", true), ("REVIEW", true), ("review c", true), ("eview", false), ("rev code", false), ("code rev", true),
    ("uber", true), ("ÜBER", true), ("überprüfung", true), ("u\u{308}berpru\u{308}fung", true), ("проверка", true),
    ("пров", true), ("検査", true), ("review walrus", false), ("acme review", true), ("c++", true), ("2024", true),
  ])
  func `every word is found whole, the last one as the beginning of one, whatever its case and accents`(
    query: String, isFound: Bool
  ) async throws {
    let folder = try TemporaryFolder()
    let catalog = try await catalog(folder, [("acme/review", "Code c 2024; Überprüfung, Проверка, 検査する.")])
    #expect(try await find(query, in: catalog).count == (isFound ? 1 : 0))
  }

  @Test func `an empty query lists what was updated last first`() async throws {
    let folder = try TemporaryFolder()
    let catalog = try await catalog(folder, [("acme/one", "x"), ("acme/two", "x"), ("rival/three", "x")])
    #expect(try await find("", in: catalog) == ["rival/three", "acme/two", "acme/one"])
    #expect(try await find(" \n ", in: catalog, limit: 2) == ["rival/three", "acme/two"])
    #expect(try await find("!", in: catalog).isEmpty)
  }

  @Test(arguments: [
    ("a b", ["a", "b"]), ("a\"b*c", ["a", "b", "c"]), ("\u{301}a", ["a"]), ("नमस्ते", ["नमस्ते"]), ("x\u{0}y", ["x", "y"]),
    ("\u{301}", []), ("", []), ("½", ["½"]), ("AND", ["and"]),
  ])
  func `a query is words of letters and digits`(text: String, words: [String]) {
    #expect(SearchQuery(text).words == words)
  }
}
