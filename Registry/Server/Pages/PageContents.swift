/// A field of a form, with what was typed and what is wrong with it.
struct FormField: Sendable {
  var name: String
  var label: String
  /// The type of the input.
  var kind = "text"
  var autocomplete = "off"
  var value = ""
  var note: String?
  var fault: String?
  /// Whether it has lines.
  var isLong = false
}

/// A page that is a form.
struct FormPage: Sendable {
  /// A value that goes along unseen.
  struct Hidden: Sendable {
    var hiddenName: String
    var hiddenValue: String
  }

  /// A way for whoever cannot fill it in.
  struct Alternative: Sendable {
    var alternativeText: String
    var alternativePath: String?
    var alternativeLabel: String?
  }

  var heading: String
  var intro: String?
  /// What is wrong with all of it.
  var problem: String?
  var action: String
  var fields: [FormField]
  var hidden: [Hidden] = []
  var button: String
  /// Whether what it does cannot be undone.
  var isDangerous = false
  var alternatives: [Alternative] = []
}

extension FormPage.Hidden {
  /// Carries along where a form leads.
  init(_ next: ReturnPath) {
    self.init(hiddenName: "next", hiddenValue: next.path)
  }
}

/// A page that says one thing.
struct MessagePage: Sendable {
  var heading: String
  var text: String
  /// A secret to copy, which no other page shows.
  var secret: String?
  /// The id of the element that has the secret.
  var secretID: String?
  var linkPath: String
  var linkText: String
}

/// A failure, and where to go on.
struct ErrorPage: Sendable {
  var status: Int
  var message: String
  var hint: String?
  var requestID: String
  /// Whether there is nothing, or nothing for whoever asks.
  var isMissing: Bool
  /// Whether it is for a form that was sent and need only be sent again, later.
  var canBeSentAgain: Bool

  /// - Parameter message: Becomes a heading.
  init(status: Int, message: String, hint: String?, requestID: String, canBeSentAgain: Bool = false) {
    self.status = status
    self.message = message.prefix(1).uppercased() + message.dropFirst()
    self.hint = hint
    self.requestID = requestID
    isMissing = status == 404
    self.canBeSentAgain = canBeSentAgain
  }
}

/// A device that somebody is asked to approve.
struct DevicePage: Sendable {
  var action: String
  var code: String
  var deviceName: String
  var deviceAddress: String
  var since: String
  var rights: [String]
  var handle: String
}
