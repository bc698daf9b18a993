import FoundationSubset
import SystemPackage

extension Error {
  /// Why the system refused to read or write something, in its own words: `No such file or directory`.
  var systemReason: String {
    guard let cause = (self as? CocoaError)?.underlying as? POSIXError else { return "\(self)" }
    return Errno(rawValue: cause.code.rawValue).description
  }
}
