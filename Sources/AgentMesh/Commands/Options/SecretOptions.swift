import ArgumentParser

/// Which files may look like secrets.
struct SecretOptions: ParsableArguments {
  @Option(help: "Allow this file although it seems to contain a secret. May be repeated.", completion: .file())
  var allowSecret: [String] = []
}
