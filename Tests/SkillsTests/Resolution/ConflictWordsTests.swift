import Testing

@testable import Skills

@Suite struct ConflictWordsTests {
  @Test(arguments: ConflictCase.all) func `explains`(_ example: ConflictCase) throws {
    let request = try Shelf.request(example.roots, pins: example.pins, publishedBefore: example.before)
    let conflict = try #require(try conflict(Shelf(example.shelf), request))
    #expect(conflict.explanation == example.explanation)
    #expect(conflict.suggestions == example.suggestions)
  }

  @Test func `makes one error of it, with what to do as the hint`() throws {
    let conflict = ResolutionConflict(explanation: ["This is so.", "acme/a is so."], suggestions: ["do b", "do c"])
    #expect(conflict.error.code == .unresolvable)
    #expect(conflict.error.description == "This is so. acme/a is so. Do b; or do c.")
    #expect(ResolutionConflict(explanation: ["This."], suggestions: []).error.hint == nil)
    let command = "unpin acme/w1: agent-mesh skills unpin acme/w1"
    let ending = ResolutionConflict(explanation: ["This."], suggestions: ["do b", command])
    #expect(ending.error.hint == "Do b; or \(command)")
    let going = ResolutionConflict(explanation: ["This."], suggestions: [command, "do b"])
    #expect(going.error.hint == "Unpin acme/w1: agent-mesh skills unpin acme/w1; or do b.")
  }

  @Test func `asks for what it has to know to suggest a way out`() throws {
    let shelf = try Shelf(["app 1.0.0: base@^1", "app 2.0.0: new", "new 1.0.0: base@^2", "base 1.0.0", "base 2.0.0"])
    let conflict = try #require(try conflict(shelf, Shelf.request(["app@^1", "base@^2"])))
    #expect(conflict.suggestions == ["ask for acme/app@^2.0.0 instead", "ask for acme/base@^1.0.0 instead"])
  }

  @Test func `every suggested range and unpinning resolves the conflict`() throws {
    let graph = ["a 1.0.0: c@^1", "a 2.0.0: c@^2", "b 1.0.0: c@^2", "b 2.0.0: c@^3", "c 1.0.0", "c 2.0.0", "c 3.0.0"]
    let shelf = try Shelf(graph)
    let conflict = try #require(try conflict(shelf, Shelf.request(["a@^1", "b@^1"])))
    #expect(conflict.suggestions == ["ask for acme/a@^2.0.0 instead"])
    #expect(shelf.outcome(try Shelf.request(["a@^2.0.0", "b@^1"])) == "a@2.0.0 b@1.0.0 c@2.0.0")
  }

  @Test func `counts what is too much to read`() throws {
    let lines = (0..<40).flatMap { ["app 1.\($0).0: base-\($0)@^2", "base-\($0) 1.0.0"] }
    let conflict = try #require(try conflict(Shelf(lines), Shelf.request(["app"])))
    #expect(conflict.explanation.count == 10)
    #expect(conflict.explanation.last == "There are 31 more reasons of this kind.")
  }

  private func conflict(_ shelf: Shelf, _ request: ResolutionRequest) throws -> ResolutionConflict? {
    guard case .failure(let failure) = shelf.run(request) else { return nil }
    return failure.conflict
  }
}
