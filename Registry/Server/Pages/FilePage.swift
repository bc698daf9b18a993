import RegistryAPI
import Skills

/// A file of a version on its page: Markdown rendered, text line by line, an image, or why it is not shown.
struct FilePage: Sendable {
  var skillName: String
  var number: String
  var versionPath: String
  var filesPath: String
  var filePath: String
  var fileSize: String
  var isExecutable: Bool
  var digest: String
  var rawPath: String
  /// The page in the other view; both nil for a file with one view.
  var sourcePath: String?
  var renderedPath: String?

  var frontMatter: String?
  /// Markdown as HTML.
  var prose: String?
  /// The lines as HTML.
  var code: String?
  var isCut = false
  var lineCount = ""
  var imagePath: String?
  /// Why it is not shown.
  var obstacle: String?

  private let pagePath: String

  init(_ entry: FileManifest.Entry, of name: SkillName, _ version: SemanticVersion) {
    let (file, paths) = (entry.path.string, VersionPaths(of: name, version))
    skillName = "\(name)"
    number = "\(version)"
    versionPath = Route.versionPage.path(of: name, version: version)
    filesPath = Route.filesPage.path(of: name, version: version)
    filePath = file
    fileSize = entry.size.counted("byte")
    isExecutable = entry.isExecutable
    digest = "\(entry.digest)"
    rawPath = paths.raw(of: file)
    pagePath = paths.page(of: file)
  }

  mutating func show(markdown html: String, _ parts: MarkdownParts) {
    prose = html
    frontMatter = parts.frontMatter
    sourcePath = FileView.source.path(from: pagePath)
  }

  /// - Parameter isRenderable: Whether the page has another view.
  mutating func show(_ lines: CodeLines, isRenderable: Bool) {
    code = lines.html
    isCut = lines.isCut
    lineCount = lines.count.counted("line")
    if isRenderable { renderedPath = FileView.rendered.path(from: pagePath) }
  }

  /// Of bytes that are not text.
  mutating func showBytes() {
    if ImageType(ofFile: filePath) != nil { imagePath = rawPath } else { obstacle = "This file is not text." }
  }
}
