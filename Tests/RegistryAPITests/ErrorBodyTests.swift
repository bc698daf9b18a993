import Foundation
import RegistryAPI
import Skills
import Testing

@Suite struct ErrorBodyTests {
  private func failure(_ json: String) throws -> MeshError {
    try WireCoding.decode(ErrorBody.self, from: json.utf8).failure(fallback: "fallback")
  }

  @Test(arguments: [
    (#"{"error":"not_found","message":"gone away"}"#, ErrorCode.notFound, "gone away"),
    (#"{"error":"unauthorized","error_description":"expired"}"#, .unauthorized, "expired"),
    (#"{"error":"unauthorized","error_description":"better","message":"worse"}"#, .unauthorized, "better"),
    (#"{"code":"busy","error":"conflict","detail":"d","message":"m"}"#, .busy, "m"),
    (#"{"code":"busy","detail":"d"}"#, .busy, "d"), (#"{"code":"gone"}"#, .gone, "fallback"),
    ("{}", .unknown, "fallback"),
    (#"{"code":"gone","message":7,"detail":"still read"}"#, .gone, "still read"),
    (#"{"code":"gone","status":"410","findings":"none","hint":null,"message":"m"}"#, .gone, "m"),
    (#"{"error":{"message":"nested"},"code":"conflict","message":"m"}"#, .conflict, "m"),
    (#"{"code":"gone","message":"m","instance":"/x","extension":{"a":[1]}}"#, .gone, "m"),
  ])
  func `old and new shapes are read`(json: String, code: ErrorCode, message: String) throws {
    let failure = try failure(json)
    #expect(failure.code == code)
    #expect(failure.message == message)
  }

  @Test(arguments: ["out_of_coffee", "", "NOT_FOUND", "not found"])
  func `a code that we do not know keeps its text`(code: String) throws {
    let failure = try failure(#"{"code":"\#(code)","message":"m"}"#)
    #expect(failure.code == .unknown)
    #expect(failure.wireCode == code)
  }

  @Test(arguments: ErrorCode.allCases)
  func `every code survives the wire`(code: ErrorCode) throws {
    let finding = Finding(.nameInvalid, file: "SKILL.md", line: 3, message: "m", remedy: "r")
    let error = MeshError(code, "what \"happened\"", hint: "next", findings: [finding])
    let body = ErrorBody(error, status: 400, title: "Bad", requestID: "r-1")
    let bytes = try WireCoding.encode(body)
    let back = try WireCoding.decode(ErrorBody.self, from: bytes).failure(fallback: "")
    #expect(back.code == code)
    #expect(back.wireCode == code.wire)
    #expect(back.message == error.message)
    #expect(back.hint == "next")
    #expect(back.findings == [finding])
    let object = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    #expect(object["error"] as? String == code.wire)
    #expect(object["status"] as? Int == 400)
    #expect(object["request_id"] as? String == "r-1")
  }

  @Test func `a code of another program passes through unchanged`() throws {
    let foreign = MeshError(wireCode: "from_the_future", message: "m")
    let body = ErrorBody(foreign, status: 500, title: "t", requestID: nil)
    #expect(body.code == "from_the_future")
    #expect(body.error == "from_the_future")
  }

  @Test func `a finding of a rule or shape that we do not know hides no other`() throws {
    let known = Finding(.nameInvalid, file: "SKILL.md", message: "m", remedy: "r")
    let text = String(decoding: try WireCoding.encode(known), as: UTF8.self)
    let strange = text.replacing("name-invalid", with: "name-of-the-future")
    let findings = try failure(#"{"code":"gone","findings":[\#(strange),7,{},\#(text)]}"#).findings
    #expect(findings.map(\.message) == ["m", "m"])
    #expect(findings.last == known)
  }

  @Test(arguments: ["", "[]", "7", "null", "\"x\"", "<html>", "{"])
  func `what is no object is no error body`(text: String) {
    #expect(throws: (any Error).self) { try WireCoding.decode(ErrorBody.self, from: text.utf8) }
  }
}
