import SystemPackage

/// What git is told by its environment and its settings.
enum GitEnvironment {
  /// Handed on when they are set: where programs, keys, certificates and proxies are, and no token of ours.
  ///
  /// HOME is another one, so that no password of `~/.netrc` is sent to a server that a project names. ssh asks the
  /// system where its keys are.
  private static let passed = [
    "PATH", "USER", "LOGNAME", "TMPDIR", "SSH_AUTH_SOCK", "SSL_CERT_FILE", "SSL_CERT_DIR", "GIT_SSL_CAINFO",
    "HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY", "https_proxy", "http_proxy", "all_proxy", "no_proxy",
  ]

  private static let fixed = [
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_SYSTEM": "/dev/null",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_SSH_COMMAND": "ssh -oBatchMode=yes -oStrictHostKeyChecking=yes -oConnectTimeout=15",
    "GIT_SSH_VARIANT": "ssh",
    "LC_ALL": "C",
  ]

  static func variables(from environment: [String: String], home: FilePath) -> [String: String] {
    environment.filter { passed.contains($0.key) }.merging(fixed) { _, fixed in fixed }
      .merging(["HOME": home.string]) { $1 }
  }

  /// As arguments before the command.
  static func settings(protocols: [String]) -> [String] {
    let allowed = protocols.map { "protocol.\($0).allow=always" }
    return (common + allowed).flatMap { ["-c", $0] }
  }

  private static let common = [
    "core.hooksPath=/dev/null", "core.attributesFile=/dev/null", "core.excludesFile=/dev/null",
    "core.symlinks=false", "core.fsmonitor=false", "credential.helper=", "core.askPass=",
    "protocol.allow=never", "protocol.ext.allow=never", "transfer.fsckObjects=true", "fetch.fsckObjects=true",
    // Old histories have these, and none of them can do harm here.
    "fetch.fsck.badTimezone=ignore", "fetch.fsck.missingSpaceBeforeDate=ignore",
    "fetch.fsck.zeroPaddedFilemode=ignore",
    "submodule.recurse=false", "fetch.recurseSubmodules=false", "transfer.bundleURI=false",
    "filter.lfs.smudge=", "filter.lfs.clean=", "filter.lfs.process=", "filter.lfs.required=false",
    // One thread, streams instead of buffers, packs instead of many files: what a server sends is bounded.
    "protocol.version=2", "pack.threads=1", "core.bigFileThreshold=1m", "core.deltaBaseCacheLimit=16m",
    "fetch.unpackLimit=1", "transfer.unpackLimit=1",
    "gc.auto=0", "maintenance.auto=false", "fetch.writeCommitGraph=false", "http.followRedirects=initial",
  ]
}
