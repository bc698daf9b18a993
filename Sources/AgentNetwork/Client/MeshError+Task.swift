import Skills

extension MeshError {
  /// Why a task has failed, as its agent or the registry says it.
  init(taskCode: String?, message: String?) {
    self.init(wireCode: taskCode ?? ErrorCode.unknown.wire, message: message ?? "the agent failed without a reason")
    // What only this program can know is not for others to say: it would decide our exit status.
    if code.isLocal { (foreignCode, code) = (code.wire, .unknown) }
  }

  /// Whether the same question may well be answered a moment later.
  var isPassing: Bool {
    switch code {
    case .networkError, .hostNotFound, .timeout, .tooManyRequests, .unavailable: true
    default: false
    }
  }
}
