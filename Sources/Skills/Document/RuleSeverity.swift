extension Finding {
  /// The same with the weight that a profile gives to its rule.
  func graded(_ profile: Validation.Profile) -> Finding {
    var finding = self
    finding.severity = rule.severity(in: profile)
    return finding
  }
}

extension Finding.Rule {
  /// How much a rule matters to a profile: the one table of it.
  package func severity(in profile: Validation.Profile) -> Severity {
    let weight = weight
    return switch profile {
    case .lenient: weight.lenient
    case .publish: weight.publish
    case .portable: weight.portable
    }
  }

  private typealias Weight = (lenient: Severity, publish: Severity, portable: Severity)

  private var weight: Weight {
    switch self {
    case .fileTooLarge, .notUTF8, .nulByte, .noFrontMatter, .unclosedFrontMatter, .frontMatterTooLarge, .yamlAnchor,
      .yamlAlias, .yamlTag, .yamlMergeKey, .duplicateKey, .severalDocuments, .notAMapping, .brokenYAML,
      .mainFileMissing, .archiveRule, .possibleSecret:
      (.error, .error, .error)
    // Some agent, or the registry, does not load or misreads such a file.
    case .frontMatterTooDeep, .tooManyKeys, .valueTooLong, .textBeforeFrontMatter, .repairedYAML, .controlCharacter,
      .complexKey, .nameMissing, .nameInvalid, .descriptionMissing, .descriptionNotText, .descriptionTooLong,
      .descriptionUnsafe, .versionInvalid,
      .privateInvalid, .metadataNotMapping, .dependencyInvalid, .hiddenText:
      (.warning, .error, .error)
    // Only some tools refuse it.
    case .byteOrderMark, .nameUnlikeFolder, .compatibilityTooLong, .metadataValueNotText, .mainFileSpelling:
      (.warning, .warning, .error)
    case .fenceSpaces, .fieldNotText, .unknownKey, .flowStyle, .allowedToolsList:
      (.note, .warning, .error)
    case .commentInValue, .versionMismatch, .dependencyForeign, .loneSurrogate, .invisibleCharacters, .namedFileLeftOut,
      .unknown:
      (.warning, .warning, .warning)
    case .missing, .edited, .otherVersion, .otherContent, .otherSkill, .notOurs, .unreadable, .linkMissing, .linkBroken,
      .linkElsewhere, .linkBlocked, .copyDiffers, .unknownAgent, .disagreement, .withdrawn, .quarantined, .changed:
      (.error, .error, .error)
    case .orphanedRecord, .duplicate, .leftovers, .ignored, .shadowed, .yanked, .unknownSkill, .knownRisk,
      .hiddenCharacters:
      (.warning, .warning, .warning)
    case .listingCost, .unlocked, .unscanned:
      (.note, .note, .note)
    case .bodyTooLong, .versionIncomplete:
      (.note, .warning, .warning)
    case .versionMissing, .htmlComment, .leftOut:
      (.note, .note, .note)
    }
  }
}
