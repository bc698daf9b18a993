import Testing

/// The registry's pages in a real browser, one test after the other: a browser takes a whole core.
@Suite(
  .serialized, .timeLimit(.minutes(10)),
  .enabled(if: ChromeDriver.isInstalled, "chromium and chromedriver are not installed; Scripts/test installs them"))
enum InBrowser {}
