import HTTPTypes
import Skills

extension ErrorCode {
  /// The HTTP status of the table, with its reason.
  var responseStatus: HTTPResponse.Status {
    httpStatus == 507 ? .init(code: 507, reasonPhrase: "Insufficient Storage") : .init(integerLiteral: httpStatus)
  }
}
