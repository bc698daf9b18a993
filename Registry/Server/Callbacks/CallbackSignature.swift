import Foundation
import RegistryStore

/// How whoever is called knows who calls, and a call that came before (Standard Webhooks 1.0.0).
enum CallbackSignature {
  /// The key as its owner is shown it, and as libraries of that specification read it.
  static func text(of key: Secret) -> String { "whsec_" + Data(key.text.utf8).base64EncodedString() }

  /// - Parameters:
  ///   - id: The same in every attempt.
  ///   - time: Of this attempt.
  static func fields(id: String, at time: Date, body: String, key: Secret) -> [String: String] {
    let seconds = "\(Int(time.timeIntervalSince1970))"
    let code = HMACSHA256.code(of: Array("\(id).\(seconds).\(body)".utf8), key: Array(key.text.utf8))
    return [
      "Webhook-Id": id, "Webhook-Timestamp": seconds, "Webhook-Signature": "v1," + Data(code).base64EncodedString(),
    ]
  }
}
