import CMarkdown
import Foundation

/// Markdown of strangers as HTML with nothing of theirs but text and links (CommonMark, with GitHub's tables,
/// strike-through and bare links).
///
/// Raw HTML is shown as the text that it is. Links lead to files of the skill, and to `https`, `http` and `mailto`, where
/// they are marked as somebody else's; images are files of the skill. In the place of all others stand their texts.
/// Headings begin two levels lower and leave no level out. Tables can be made to take a minute and gigabytes: call it
/// where time and memory are bounded.
package struct MarkdownDocument: ~Copyable {
  private let parser: OpaquePointer
  private let root: OpaquePointer

  private init(adopting parser: OpaquePointer, _ root: OpaquePointer) {
    self.parser = parser
    self.root = root
  }

  deinit {
    cmark_node_free(root)
    cmark_parser_free(parser)
  }

  /// The HTML; nil when there is no memory for it.
  package static func html(of source: MarkdownSource) -> String? {
    guard let document = parsed(Array(source.text.utf8)), let nodes = document.nodes else { return nil }
    var outline: [Int32] = []
    for node in nodes {
      if cmark_node_get_type(node) == CMARK_NODE_HEADING {
        shift(node, below: &outline)
      } else {
        restrict(node, to: source.links)
      }
    }
    return document.render()
  }

  private static func parsed(_ text: [UInt8]) -> MarkdownDocument? {
    cmark_gfm_core_extensions_ensure_registered()
    guard let parser = cmark_parser_new(options) else { return nil }
    for name in ["table", "strikethrough", "autolink"] {
      if let known = cmark_find_syntax_extension(name) { cmark_parser_attach_syntax_extension(parser, known) }
    }
    text.withUnsafeBytes { bytes in
      cmark_parser_feed(parser, bytes.bindMemory(to: CChar.self).baseAddress, bytes.count)
    }
    guard let root = cmark_parser_finish(parser) else {
      cmark_parser_free(parser)
      return nil
    }
    return MarkdownDocument(adopting: parser, root)
  }

  /// Without `CMARK_OPT_UNSAFE`, so that whatever is missed here still comes out without HTML or scripts.
  private static let options = CMARK_OPT_DEFAULT | CMARK_OPT_VALIDATE_UTF8

  private borrowing func render() -> String? {
    guard let html = cmark_render_html(root, Self.options, cmark_parser_get_syntax_extensions(parser)) else {
      return nil
    }
    defer { free(html) }
    // In text every `<` and every quotation mark is escaped: these begin links and images and nothing else. What begins
    // with a slash leads to the skill's own files.
    let (link, foreign) = ("<a href=\"", "<a rel=\"nofollow noopener ugc\" href=\"")
    return String(cString: html).replacing(link, with: foreign).replacing(foreign + "/", with: link + "/")
      .replacing("<img src=\"", with: "<img loading=\"lazy\" src=\"")
  }

  /// Taken down first, since the iterator loses its way when a node goes that is still ahead.
  ///
  /// Nil when there is no memory: what has not been looked at is not shown.
  private var nodes: [OpaquePointer]? {
    var nodes: [OpaquePointer] = []
    guard let iterator = cmark_iter_new(root) else { return nil }
    defer { cmark_iter_free(iterator) }
    while true {
      switch cmark_iter_next(iterator) {
      case CMARK_EVENT_DONE: return nodes
      case CMARK_EVENT_ENTER: if let node = cmark_iter_get_node(iterator) { nodes.append(node) }
      default: break
      }
    }
  }
}

// MARK: - What a page may have

extension MarkdownDocument {
  /// - Parameter outline: The levels of the headings that this one is below, as the document has them.
  private static func shift(_ heading: OpaquePointer, below outline: inout [Int32]) {
    let level = cmark_node_get_heading_level(heading)
    while let last = outline.last, last >= level { outline.removeLast() }
    outline.append(level)
    cmark_node_set_heading_level(heading, min(6, Int32(outline.count) + 2))
  }

  private static func restrict(_ node: OpaquePointer, to links: SkillLinks) {
    switch cmark_node_get_type(node) {
    case CMARK_NODE_HTML_BLOCK: replace(node, by: CMARK_NODE_CODE_BLOCK)
    case CMARK_NODE_HTML_INLINE: replace(node, by: CMARK_NODE_CODE)
    case CMARK_NODE_IMAGE: point(node, to: links.image(at: address(of: node)))
    case CMARK_NODE_LINK:
      let address = address(of: node)
      if !isForeign(address) { point(node, to: links.page(at: address)) }
    default: break
    }
  }

  private static func address(of node: OpaquePointer) -> String {
    cmark_node_get_url(node).map { String(cString: $0) } ?? ""
  }

  /// - Parameter path: Nil where it may lead nowhere.
  private static func point(_ node: OpaquePointer, to path: String?) {
    guard let path else { return unwrap(node) }
    cmark_node_set_url(node, path)
  }

  private static func isForeign(_ address: String) -> Bool {
    let lowered = address.lowercased()
    return ["https://", "http://", "mailto:"].contains { lowered.hasPrefix($0) }
  }

  /// Puts a node with the same text in place of another.
  private static func replace(_ node: OpaquePointer, by type: cmark_node_type) {
    guard let other = cmark_node_new(type) else { return }
    cmark_node_set_literal(other, cmark_node_get_literal(node))
    let isReplaced = cmark_node_replace(node, other) == 1
    cmark_node_free(isReplaced ? node : other)
  }

  /// Puts what is in a node in its place.
  private static func unwrap(_ node: OpaquePointer) {
    while let child = cmark_node_first_child(node) {
      // With this it leaves the node; what its parent may not have goes with the node.
      guard cmark_node_insert_before(node, child) == 1 else { break }
    }
    if cmark_node_first_child(node) == nil { cmark_node_free(node) } else { cmark_node_set_url(node, "") }
  }
}
