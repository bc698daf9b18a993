import SkillSources
import Skills
import SystemPackage
import TestSupport
import Testing

@Suite struct SourceSpecifierTests {
  @Test(arguments: [
    ("./skills/pdf", "path:./skills/pdf"),
    ("../x/", "path:../x"),
    ("./a/../b", "path:./b"),
    (".", "path:."),
    ("/abs/x.tgz", "path:/abs/x.tgz"),
    ("path:./x", "path:./x"),
    ("there/inner", "path:./there/inner"),
    ("https://host/x.tar.gz", "https://host/x.tar.gz"),
    ("https://github.com/o/r/archive/refs/heads/main.tar.gz", "https://github.com/o/r/archive/refs/heads/main.tar.gz"),
    ("https://host/x.ZIP?token=1", "https://host/x.ZIP?token=1"),
    ("https://github.com/o/r", "git+https://github.com/o/r.git"),
    ("https://GitHub.com/o/r.git", "git+https://GitHub.com/o/r.git"),
    ("https://github.com/o/r/", "git+https://github.com/o/r.git"),
    ("https://github.com/o/r#v1:a/b", "git+https://github.com/o/r.git#v1:a/b"),
    ("https://github.com/o/r/tree/main/skills/pdf", "git+https://github.com/o/r.git#main:skills/pdf"),
    ("https://github.com/o/r/blob/main/skills/pdf/SKILL.md", "git+https://github.com/o/r.git#main:skills/pdf"),
    ("https://gitlab.com/g/s/r/-/tree/v1/x", "git+https://gitlab.com/g/s/r.git#v1:x"),
    ("https://codeberg.org/o/r/src/branch/main/x", "git+https://codeberg.org/o/r.git#main:x"),
    ("https://bitbucket.org/o/r/src/main/x", "git+https://bitbucket.org/o/r.git#main:x"),
    ("https://git.example.org/a/b.git", "git+https://git.example.org/a/b.git"),
    ("git@host:o/r.git", "git+ssh://git@host/~/o/r.git"),
    ("git@github.com:o/r#v1:sub", "git+ssh://git@github.com/o/r#v1:sub"),
    ("./../../x", "path:../../x"),
    ("https://host/kit.zip#pdf", "https://host/kit.zip#pdf"),
    ("ssh://git@host:22/o/r", "git+ssh://git@host:22/o/r"),
    ("file:///srv/r", "git+file:///srv/r"),
    ("o/r", "git+https://github.com/o/r.git"),
    ("o/r#v1", "git+https://github.com/o/r.git#v1"),
    ("o/r#v1:skills/pdf", "git+https://github.com/o/r.git#v1:skills/pdf"),
    ("o/r:skills/pdf", "git+https://github.com/o/r.git#:skills/pdf"),
    ("github:o/r", "git+https://github.com/o/r.git"),
    ("gitlab:g/s/r#v1", "git+https://gitlab.com/g/s/r.git#v1"),
    ("git.example.org:o/r:sub", "git+https://git.example.org/o/r.git#:sub"),
    ("git+https://h/o/r.git#x:y", "git+https://h/o/r.git#x:y"),
    ("https://skills.example.org/team", "well-known+https://skills.example.org/team#"),
    ("http://localhost:8000", "well-known+http://localhost:8000#"),
    ("https://skills.example.org/team#pdf", "well-known+https://skills.example.org/team#pdf"),
  ])
  func `reads what people type`(text: String, canonical: String) throws {
    let folder = try TemporaryFolder()
    try folder.folder("there/inner")
    #expect(try SourceSpecifier(parsing: text, relativeTo: folder.path).source.description == canonical)
  }

  @Test(arguments: [
    "", "word", "a/b/c", "o/", "/o\u{0}", "o/..", "-o/r", "o/-r", "git@-oProxyCommand=x:o/r", "-x@host:o/r",
    "github:r", "unknown:o/r", "o/r:a:b", "o/r#v1:a:../b", "o/r#v:../x", "o/r:../x", "o/r#-x", "o/r#a..b", "o/r#a b",
    "https://user:secret@host/x.git", "https://token@github.com/o/r", "git+https://user:secret@host/x.git",
    "ssh://git:secret@host/x.git", "well-known+https://user:secret@host#x", "git+ssh://git:secret@host/x",
    "ftp://host/x", "ext::sh -c id", "git+ext::sh",
    "https://host/x#Bad_Name", "o/r\u{202E}", "well-known+https://host", "javascript:alert(1)",
  ])
  func `refuses what is no source and names the forms`(text: String) throws {
    let folder = try TemporaryFolder()
    let error = #expect(throws: MeshError.self) { try SourceSpecifier(parsing: text, relativeTo: folder.path) }
    #expect(error?.code == .usage)
    #expect(error?.hint?.contains("owner/repo") == true)
    #expect(error?.message.contains("secret") == false)
  }
}
