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
}

/// A page that is a form.
struct FormPage: Sendable {
  /// A value that goes along unseen.
  struct Hidden: Sendable {
    var hiddenName: String
    var hiddenValue: String
  }

  var heading: String
  var intro: String?
  /// What is wrong with all of it.
  var problem: String?
  var action: String
  var fields: [FormField]
  var hidden: [Hidden] = []
  var button: String
}

/// A page that says one thing.
struct MessagePage: Sendable {
  var heading: String
  var text: String
  var linkPath: String?
  var linkText: String?
}

struct ErrorPage: Sendable {
  var status: Int
  var message: String
  var hint: String
  var requestID: String
}

/// What somebody lets in, before they do.
struct DevicePage: Sendable {
  var action: String
  var code: String
  var deviceName: String
  var deviceAddress: String
  var since: String
  var rights: [String]
  var handle: String
}
