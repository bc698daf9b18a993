import RegistryClient
import Skills
import Testing

@Suite struct AddressTests {
  @Test(arguments: [
    ("https://registry.example", "https://registry.example"), ("https://registry.example/", "https://registry.example"),
    ("https://registry.example///", "https://registry.example"),
    ("HTTPS://Registry.Example", "https://registry.example"),
    ("https://registry.example:443", "https://registry.example"), ("http://127.0.0.1:7117/", "http://127.0.0.1:7117"),
    ("https://host/Base/Path/", "https://host/Base/Path"), ("http://[::1]:80/", "http://[::1]"),
  ])
  func `one registry has one text`(written: String, text: String) throws {
    #expect(try RegistryAddress(parsing: written).text == text)
    #expect(try RegistryAddress(parsing: text).text == text)
    #expect(try RegistryAddress(parsing: written) == RegistryAddress(parsing: text))
  }

  @Test(arguments: [
    "", "registry.example", "ftp://host", "file:///etc/passwd", "https://", "https://user:secret@host",
    "https://host?x",
    "https://host/?", "https://host#x", "https://host/#", "https://ho st", "https://host\n", "https://host:0",
    "https://host:99999", "javascript:alert(1)",
  ])
  func `what is no address of a registry is refused`(text: String) {
    let error = #expect(throws: MeshError.self) { try RegistryAddress(parsing: text) }
    #expect(error?.code == .usage)
  }

  @Test(arguments: ["", " ", "a b", "a\nb", "ä"])
  func `a token that no server gives out is refused before it is sent`(token: String) {
    let error = #expect(throws: MeshError.self) { try client(at: "https://host", token: token) }
    #expect(error?.code == .configurationError)
    #expect(token.trimmingPrefix(" ").isEmpty || error?.message.contains(token) == false)
  }
}
