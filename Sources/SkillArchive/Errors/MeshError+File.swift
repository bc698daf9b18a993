import FileSystem
import Skills

extension MeshError: FileFailure {
  package init(_ error: FileError) {
    if error.operation == .open, error.errno == .improperLink {
      self.init(
        .conflict, "'\(error.path)' is a link that leads out of this project, or nowhere",
        hint: "Put a folder there instead. Your own skills, for all projects, are those of --global.")
    } else {
      self.init(error, saying: "\(error)")
    }
  }

  /// - Parameter label: What could not be read or written because of it.
  package init(_ error: FileError, of label: Message) {
    self.init(error, saying: "\(label): \(error)")
  }

  private init(_ error: FileError, saying message: Message) {
    let hint: Message? =
      if error.isFull {
        "Free some space and try again; nothing was changed."
      } else if error.isForbidden {
        "Check who owns the folders and whether you may write there; your own you open with chmod u+w."
      } else {
        nil
      }
    self.init(error.isFull ? .storageFull : .fileError, message, hint: hint)
  }
}
