import CYaml

/// The events of one YAML text in its order, as libyaml reports them.
///
/// The one file that knows the library, whose parser keeps its own stacks and expands nothing.
struct YAMLEvents: ~Copyable {
  /// A line and a column (in Unicode scalars) of the text, both from 0.
  struct Mark: Hashable {
    var line: Int
    var column: Int
  }

  struct Event {
    enum Kind {
      case scalar(String, FrontMatter.Style)
      case alias
      case sequenceStart(isFlow: Bool)
      case mappingStart(isFlow: Bool)
      case collectionEnd
      case documentStart
      case documentEnd
      case streamStart
      case streamEnd
    }

    var kind: Kind
    /// Where it starts, its anchor and tag included.
    var mark: Mark
    var hasAnchor = false
    var hasTag = false
  }

  /// Why the text is not YAML, in the library's words.
  struct Failure: Error {
    var problem: String
    var mark: Mark?
  }

  /// On the heap, because the parser points at itself.
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  /// What the parser reads from, as long as it lives.
  private let text: UnsafeMutableBufferPointer<UInt8>

  private init(adopting parser: UnsafeMutablePointer<yaml_parser_t>, _ text: UnsafeMutableBufferPointer<UInt8>) {
    self.parser = parser
    self.text = text
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, text.baseAddress, text.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
    text.deallocate()
  }

  static func open(_ bytes: [UInt8]) throws(Failure) -> YAMLEvents {
    let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    guard yaml_parser_initialize(parser) == 1 else {
      parser.deallocate()
      throw Failure(problem: "there is not enough memory to read it")
    }
    // One byte more than needed: an empty buffer has no address, which the parser asserts.
    let text = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count + 1)
    _ = text.initialize(from: bytes + [UInt8(ascii: "\n")])
    return YAMLEvents(adopting: parser, text)
  }

  /// The next event; after the end of the stream there is none to ask for.
  mutating func next() throws(Failure) -> Event {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else { throw failure }
    defer { yaml_event_delete(&event) }
    return Self.event(event)
  }

  private var failure: Failure {
    let problem = parser.pointee.problem.map { String(cString: $0) } ?? "it cannot be read"
    switch parser.pointee.error {
    case YAML_SCANNER_ERROR, YAML_PARSER_ERROR:
      return Failure(problem: problem, mark: Mark(parser.pointee.problem_mark))
    default:
      return Failure(problem: problem)
    }
  }

  private static func event(_ event: yaml_event_t) -> Event {
    let mark = Mark(event.start_mark)
    switch event.type {
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      let text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
      return Event(
        kind: .scalar(text, style(scalar.style)), mark: mark, hasAnchor: scalar.anchor != nil, hasTag: scalar.tag != nil
      )
    case YAML_SEQUENCE_START_EVENT:
      let start = event.data.sequence_start
      let kind = Event.Kind.sequenceStart(isFlow: start.style == YAML_FLOW_SEQUENCE_STYLE)
      return Event(kind: kind, mark: mark, hasAnchor: start.anchor != nil, hasTag: start.tag != nil)
    case YAML_MAPPING_START_EVENT:
      let start = event.data.mapping_start
      let kind = Event.Kind.mappingStart(isFlow: start.style == YAML_FLOW_MAPPING_STYLE)
      return Event(kind: kind, mark: mark, hasAnchor: start.anchor != nil, hasTag: start.tag != nil)
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: return Event(kind: .collectionEnd, mark: mark)
    case YAML_ALIAS_EVENT: return Event(kind: .alias, mark: mark)
    case YAML_DOCUMENT_START_EVENT: return Event(kind: .documentStart, mark: mark)
    case YAML_DOCUMENT_END_EVENT: return Event(kind: .documentEnd, mark: mark)
    case YAML_STREAM_START_EVENT: return Event(kind: .streamStart, mark: mark)
    // Nothing else is left but the end of the stream, and the absence of an event behind it.
    default: return Event(kind: .streamEnd, mark: mark)
    }
  }

  private static func style(_ style: yaml_scalar_style_t) -> FrontMatter.Style {
    switch style {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
    case YAML_LITERAL_SCALAR_STYLE: .literal
    case YAML_FOLDED_SCALAR_STYLE: .folded
    default: .plain
    }
  }
}

extension YAMLEvents.Mark {
  fileprivate init(_ mark: yaml_mark_t) {
    self.init(line: Int(mark.line), column: Int(mark.column))
  }
}
