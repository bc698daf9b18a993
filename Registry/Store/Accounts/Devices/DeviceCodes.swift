/// The response to a device that asks for a login (RFC 8628, section 3.2).
package struct DeviceCodes: Sendable {
  package var deviceCode: Secret
  package var userCode: UserCode
  /// Seconds.
  package var expiresIn: Int
  /// Seconds that the device waits between two questions.
  package var interval: Int
}
