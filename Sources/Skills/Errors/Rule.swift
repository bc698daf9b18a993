extension Finding {
  /// The stable code of what a check looks for.
  package enum Rule: String, Hashable, Sendable, CaseIterable {
    // Why a file cannot be read at all.
    case fileTooLarge = "file-too-large"
    case notUTF8 = "not-utf8"
    case nulByte = "nul-byte"
    case noFrontMatter = "no-front-matter"
    case unclosedFrontMatter = "unclosed-front-matter"
    case frontMatterTooLarge = "front-matter-too-large"
    case frontMatterTooDeep = "front-matter-too-deep"
    case tooManyKeys = "too-many-keys"
    case valueTooLong = "value-too-long"
    case yamlAnchor = "yaml-anchor"
    case yamlAlias = "yaml-alias"
    case yamlTag = "yaml-tag"
    case yamlMergeKey = "yaml-merge-key"
    case duplicateKey = "duplicate-key"
    case severalDocuments = "several-documents"
    case notAMapping = "not-a-mapping"
    case brokenYAML = "broken-yaml"

    // What reading forgives.
    case byteOrderMark = "byte-order-mark"
    case textBeforeFrontMatter = "text-before-front-matter"
    case fenceSpaces = "fence-spaces"
    case repairedYAML = "repaired-yaml"
    case controlCharacter = "control-character"
    case complexKey = "complex-key"
    case loneSurrogate = "lone-surrogate"

    // What the fields must be.
    case nameMissing = "name-missing"
    case nameInvalid = "name-invalid"
    case nameUnlikeFolder = "name-unlike-folder"
    case descriptionMissing = "description-missing"
    case descriptionNotText = "description-not-text"
    case descriptionTooLong = "description-too-long"
    case descriptionUnsafe = "description-unsafe"
    case fieldNotText = "field-not-text"
    case commentInValue = "comment-in-value"
    case versionMissing = "version-missing"
    case versionIncomplete = "version-incomplete"
    case versionInvalid = "version-invalid"
    case versionMismatch = "version-mismatch"
    case privateInvalid = "private-invalid"
    case compatibilityTooLong = "compatibility-too-long"
    case metadataNotMapping = "metadata-not-a-mapping"
    case metadataValueNotText = "metadata-value-not-text"
    case dependencyInvalid = "dependency-invalid"
    case dependencyForeign = "dependency-foreign"
    case unknownKey = "unknown-key"
    case flowStyle = "flow-style"
    case allowedToolsList = "allowed-tools-list"

    // What the text shows, or hides.
    case bodyTooLong = "body-too-long"
    case invisibleCharacters = "invisible-characters"
    case hiddenText = "hidden-text"
    case htmlComment = "html-comment"

    // What the folder or archive around it holds.
    case mainFileMissing = "main-file-missing"
    case mainFileSpelling = "main-file-spelling"
    case archiveRule = "archive-rule"
    case possibleSecret = "possible-secret"
    case leftOut = "left-out"
    case namedFileLeftOut = "named-file-left-out"

    // How what is installed differs from what was locked and recorded.
    case missing
    case edited
    case otherVersion = "other-version"
    /// Under the version that was locked.
    case otherContent = "other-content"
    /// Another skill, or the one of another registry, in the folder of this one.
    case otherSkill = "other-skill"
    case notOurs = "not-ours"
    case unreadable
    case linkMissing = "link-missing"
    case linkBroken = "link-broken"
    case linkElsewhere = "link-elsewhere"
    case linkBlocked = "link-blocked"
    case copyDiffers = "copy-differs"

    // What keeps skills from agents, or surprises whoever does not know it.
    /// A record of ours that no lock knows, or that belongs to another folder.
    case orphanedRecord = "orphaned-record"
    case duplicate
    /// Of a run that was interrupted.
    case leftovers
    /// A skill that agents leave out, or read only in part.
    case ignored
    case unknownAgent = "unknown-agent"
    /// `skills.json`, `skills.lock` and the disk do not say the same.
    case disagreement
    case shadowed
    case listingCost = "listing-cost"

    // What its registry says of a version, and what is seen in its files.
    case yanked
    case withdrawn
    case quarantined
    /// The registry has other content under the version, or no longer knows it.
    case changed
    /// There is no such skill for whoever asks.
    case unknownSkill = "unknown-skill"
    /// It is installed, and nobody has locked it.
    case unlocked
    /// Evidence, not a verdict; `Finding.risk` has its id.
    case knownRisk = "known-risk"
    case hiddenCharacters = "hidden-characters"
    /// Files that are no text, or too long: what they hold need not show.
    case unscanned

    /// A rule of a newer or foreign program.
    case unknown
  }
}

extension Finding.Rule: Codable {
  package init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    self = Self(rawValue: text) ?? .unknown
  }
}
