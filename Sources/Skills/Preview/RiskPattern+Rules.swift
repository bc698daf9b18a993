extension RiskPattern {
  /// One after the other, made anew: expressions cannot be shared between threads.
  static var all: [RiskPattern] { downloads + decoding + [address] + archives + quarantine + credentials + shells }

  /// A pipe into a shell.
  private static var pipe: Expression {
    Expression(#/\|\s*(sudo\s+(-\S{1,40}\s+){0,4})?([\w./-]{0,60}/)?(ba|z|da|k)?sh(?![\w-]|\.\w)/#)
  }

  private static var fetch: Expression { Expression(#/\b(curl|wget)\b/#) }

  private static var downloads: [RiskPattern] {
    [
      RiskPattern(.downloadToShell, [.download, .pipe, .shell], pipe, before: fetch),
      // Other interpreters only where the program itself is what comes in.
      RiskPattern(
        .downloadToShell, [.download, .pipe, .interpreter],
        Expression(
          #/\|\s*(sudo\s+)?([\w./-]{0,60}/)?(python[\d.]{0,4}|perl|ruby|node|osascript)\s*(-\s*)?($|[;&`"')])/#),
        before: fetch),
      RiskPattern(
        .downloadToShell, [.download, .processSubstitution],
        Expression(#/\b((ba|z|da|k)?sh|source|\.)\s+<\(\s*(curl|wget)\b/#)),
      RiskPattern(
        .downloadToShell, [.download, .evaluation, .substitution],
        Expression(#/\b((ba|z|da|k)?sh\s+-\w{0,4}c|eval)\s+["']?(\$\(|`)\s*(curl|wget)\b/#)),
      RiskPattern(
        .downloadToShell, [.windowsDownload, .windowsEvaluation, .pipe], Expression(#/\|\s*(iex|invoke-expression)\b/#),
        before: Expression(#/\b(iwr|irm|invoke-webrequest|invoke-restmethod)\b/#)),
      RiskPattern(
        .downloadToShell, [.windowsDownload, .windowsEvaluation],
        Expression(#/\b(iwr|irm|invoke-webrequest|invoke-restmethod|downloadstring)\b/#),
        before: Expression(#/\b(iex|invoke-expression)\b/#)),
    ]
  }

  private static var decoder: Expression { Expression(#/\b(base64\s+(-d|--decode)|xxd\s+-r)/#) }

  private static var decoding: [RiskPattern] {
    [
      RiskPattern(.decodedToShell, [.decoder, .pipe, .shell], pipe, before: decoder),
      RiskPattern(
        .decodedToShell, [.decoder, .evaluation, .substitution],
        Expression(#/\b(eval|(ba|z|da|k)?sh\s+-\w{0,4}c)\s+["']?(\$\(|`)/#),
        behind: decoder),
      RiskPattern(
        .decodedToShell, [.codeDecoder, .codeEvaluation], Expression(#/\b(b64decode|atob)\s*\(/#),
        before: Expression(#/\b(exec|eval)\s*\(/#)),
      RiskPattern(
        .decodedToShell, [.powershell, .encodedOption],
        Expression(#/\s-e(nc|ncodedcommand)?\s+[A-Za-z0-9+/=]{24}/#),
        before: Expression(#/\b(powershell|pwsh)\b/#)),
    ]
  }

  private static var address: RiskPattern {
    RiskPattern(
      .rawAddress, [.address],
      Expression(#/\b(https?|ftp)://\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?![\d.]*\w)/#),
      admits: { PublicAddress.isOne($0.split(separator: "/").last ?? "") })
  }

  private static var archive: Expression { Expression(#/\b(zip|rar|7z|archive)\b/#) }

  private static var said: Expression {
    Expression(#/\bpass(word|code|phrase)?(\s+is\s|\s*[:=]\s*\S|\s*["'`*])/#)
  }

  private static var archives: [RiskPattern] {
    [
      RiskPattern(
        .lockedArchive, [.unzip, .passwordOption], Expression(#/\s-P\s*[^\s|;]/#), before: Expression(#/\bunzip\b/#)),
      RiskPattern(
        .lockedArchive, [.archiver, .passwordOption], Expression(#/\s-p[^\s|;]/#),
        before: Expression(#/(^|\W)(7z|7za|7zz|rar|unrar)\s+[xe](\s|$)/#)),
      RiskPattern(.lockedArchive, [.password, .archive], said, before: archive),
      RiskPattern(.lockedArchive, [.password, .archive], said, behind: archive),
    ]
  }

  private static var quarantine: [RiskPattern] {
    [
      RiskPattern(
        .quarantineRemoval, [.attributes, .quarantine], Expression(#/com\.apple\.quarantine/#),
        before: Expression(#/\bxattr\s+(-\w+\s+){0,4}-\w*[dc]/#)),
      RiskPattern(.quarantineRemoval, [.gatekeeper, .disabling], Expression(#/\bspctl\s+--(master|global)-disable/#)),
    ]
  }

  private static var secretFile: Expression {
    Expression(#/\.(ssh/id_\w|aws/credentials|netrc\b|npmrc\b|git-credentials|gnupg/|env\b)/#)
  }

  private static var credentials: [RiskPattern] {
    [
      RiskPattern(
        .credentialUpload, [.download, .credentials], secretFile,
        before: Expression(#/\b(curl|wget)\s(.{0,200}\s)?(-d|-F|-T|--(data|form|upload|post)[\w-]*)[\s=]*\S{0,80}$/#)),
      RiskPattern(
        .credentialUpload, [.credentials, .upload], secretFile,
        behind: Expression(#/^\S{0,40}\s*\|\s*(\w{1,12}\s*\|\s*){0,2}(curl|wget|nc|ncat)\b/#)),
    ]
  }

  private static var shells: [RiskPattern] {
    [
      RiskPattern(
        .reverseShell, [.device, .shell], Expression(#//dev/tcp/[\w.$-]{1,80}/[\d$]/#),
        before: Expression(#/\b(ba|z)?sh\s+-i\b/#)),
      RiskPattern(
        .reverseShell, [.netcat, .shellOption, .shell], Expression(#/\s(-e|-c|--exec)\s*[\w./-]{0,40}sh\b/#),
        before: Expression(#/\bn(c|cat)\s/#)),
    ]
  }
}
