import Foundation
import Skills
import SystemPackage
import TestSupport
import Testing

@testable import SkillSources

@Suite struct GitAddressTests {
  @Test(arguments: [
    ("ssh://git@host/~/o/r.git", "git@host:o/r.git"), ("ssh://git@host/o/r.git", "ssh://git@host/o/r.git"),
    ("ssh://git@host:22/~/r", "ssh://git@host:22/~/r"), ("ssh://git@host/~user/r", "ssh://git@host/~user/r"),
    ("https://host/~/r.git", "https://host/~/r.git"),
  ])
  func `a path below a home goes to git as people write it`(url: String, sent: String) {
    #expect(GitAddress.remote(url) == sent)
  }

  @Test(arguments: [
    ("git@host:o/r.git", "git+ssh://git@host/~/o/r.git"), ("git@host:/srv/r.git", "git+ssh://git@host/srv/r.git"),
    ("git@host:~user/r", "git+ssh://git@host/~user/r"), ("git@github.com:o/r.git", "git+ssh://git@github.com/o/r.git"),
  ])
  func `a path behind a colon begins at the home, and one with a slash at the root`(text: String, canonical: String)
    throws
  {
    let folder = try TemporaryFolder()
    #expect(try SourceSpecifier(parsing: text, relativeTo: folder.path).source.description == canonical)
  }

  @Test func `what ssh says is told, and how to make a host known`() async throws {
    let work = try Workplace()
    try work.folder.write("bin/ssh", "#!/bin/sh\necho 'Host key verification failed.' >&2\nexit 255\n", mode: 0o755)
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    let strict = try Workplace(environment: ["PATH": "\(work.folder["bin"].string):\(path)"])

    let error = await #expect(throws: MeshError.self) {
      try await strict.reader.list(.git(url: "ssh://git@host.invalid/~/r.git", ref: nil, folder: nil))
    }

    #expect(error?.code == .networkError)
    #expect(error?.message.contains("Host key verification failed.") == true)
    #expect(error?.hint?.contains("ssh git@host.invalid") == true)
  }
}
