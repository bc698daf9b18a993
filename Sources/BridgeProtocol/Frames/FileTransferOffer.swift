/// Files that an agent gives away, for whoever fetches them by WebRTC.
package struct FileTransferOffer: Codable, Hashable, Sendable {
  package var transferId: String
  /// Bytes.
  package var zipSize: Int
  /// 64 hexadecimal digits.
  package var zipSha256: String
  package var fileCount: Int

  package init(transferId: String, zipSize: Int, zipSha256: String, fileCount: Int) {
    self.transferId = transferId
    self.zipSize = zipSize
    self.zipSha256 = zipSha256
    self.fileCount = fileCount
  }
}
