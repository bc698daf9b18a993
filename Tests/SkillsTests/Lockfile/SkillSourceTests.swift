import Testing

@testable import Skills

@Suite struct SkillSourceTests {
  @Test(
    arguments: [
      "path:./skills/pdf", "path:/srv/pdf.zip", "https://host/pdf.tar.gz", "http://127.0.0.1:80/x.zip",
      "git+https://host/o/r.git", "git+ssh://git@host/o/r.git#v1.2", "git+file:///srv/r#main:a/b",
      "git+https://host/o/r#:a/b", "git+https://host/o/r#feature/x:a", "well-known+https://host/path#pdf",
    ])
  func `reads a source and writes the same`(text: String) throws {
    #expect(try SkillSource(parsing: text).description == text)
  }

  @Test(
    arguments: [
      "", "path:", "pdf", "./pdf", "ftp://host/x", "https://", "git+host/x", "git+ext::sh -c x", "git+https://h/r#-x",
      "git+https://h/r#--upload-pack=x:a", "git+https://h/r#a:../b", "git+https://h/r#a:/b", "well-known+https://host",
      "well-known+https://host#", "well-known+https://host#../x", "well-known+host#x", "path:a\u{1B}b",
      "path:a\u{202E}b",
      "path:" + String(repeating: "a", count: 2_048), "git+https://me:secret@host/r", "https://secret@host/x.zip",
      "git+ssh://git:secret@host/r", "well-known+https://me:secret@host#pdf",
    ])
  func `refuses what is no source`(text: String) {
    let refusal = #expect(throws: NameRefusal.self) { try SkillSource(parsing: text) }
    #expect(refusal?.description.contains("secret") == false)
  }

  @Test func `one skill of an archive is named behind it`() throws {
    for (archive, name) in [
      ("https://host/kit.tar.gz", "pdf"), ("https://host/get?id=7", "pdf"), ("path:./kit.zip", "a-b"),
    ] {
      let container = try SkillSource(parsing: archive)
      let source = container.naming(try SkillSlug(parsing: name))
      #expect(source.description == "\(archive)#\(name)")
      #expect(try SkillSource(parsing: source.description) == source)
      #expect(source.member?.archive == container)
      #expect(source.member?.name.rawValue == name)
    }
    for text in ["path:./kit#pdf", "https://host/kit.zip#No Slug", "git+https://host/r#main", "https://host/kit.zip"] {
      #expect(try SkillSource(parsing: text).member == nil)
    }
  }
}
