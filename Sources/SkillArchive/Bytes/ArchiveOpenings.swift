/// Reports every opening of an archive, each of which decodes it once more.
///
/// By it a test shows that an installation decodes each archive once.
package enum ArchiveOpenings {
  @TaskLocal package static var observer: (@Sendable () -> Void)?
}
