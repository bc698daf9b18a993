/// Hosts that lead, or may lead, to this machine or a private network, in every spelling that some resolver takes.
enum HostileHosts {
  /// Refused by their text, or by the address that they are.
  static let literal =
    short + decimal + octal + hexadecimal + plain + special + mapped + translated + local + documented + unreadable

  private static let short = ["127.1", "127.0.1", "10.1", "192.168.1", "0", "1", "127", "169.254.43518"]
  private static let decimal = ["2130706433", "3232235521", "167772161", "2852039166", "0000002130706433"]
  private static let octal = [
    "0177.0.0.1", "0177.0.0.01", "017700000001", "0300.0250.0.1", "0251.0376.0251.0376", "127.0.0.01", "010.0.0.1",
    "0012.1", "00000177.1",
  ]
  private static let hexadecimal = [
    "0x7f000001", "0x7f.0.0.1", "0x7f.1", "0X7F.1", "127.0.0.0x1", "0xa.0.0.1", "0xc0.0xa8.0.1", "0xa9fea9fe",
    "0xA9.0xFE.0xA9.0xFE", "0x0", "0x", "1.0x",
  ]
  private static let plain = [
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.254", "127.0.0.1", "127.255.255.254",
    "169.254.0.1", "169.254.169.254", "172.16.0.1", "172.31.255.254", "192.0.0.1", "192.0.0.170", "192.0.2.1",
    "192.88.99.1", "192.168.0.1", "192.168.255.254", "198.18.0.1", "198.19.255.254", "198.51.100.1", "203.0.113.1",
  ]
  private static let special = [
    "224.0.0.1", "239.255.255.255", "240.0.0.1", "254.1.1.1", "255.255.255.254", "255.255.255.255",
  ]
  private static let mapped = [
    "[::]", "[::1]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::FFFF:10.0.0.1]",
    "[::ffff:8.8.8.8]", "[::127.0.0.1]", "[::8.8.8.8]", "[::10.0.0.1]", "[::ffff:0:127.0.0.1]",
    "[::ffff:169.254.169.254]",
  ]
  private static let translated = [
    "[64:ff9b::127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b::a9fe:a9fe]", "[64:ff9b::8.8.8.8]", "[64:ff9b:1::10.0.0.1]",
    "[2002:7f00:1::]", "[2002:a00:1::1]", "[2001::1]", "[2001:0:7f00:1::]", "[2001:10::1]", "[2001:2::1]",
  ]
  private static let local = [
    "[fe80::1]", "[febf::1]", "[fec0::1]", "[fc00::1]", "[fd00::1]", "[fd12:3456::1]", "[fd00:ec2::254]", "[ff02::1]",
    "[ff0e::1]", "[100::1]", "[5f00::1]", "[4000::1]",
  ]
  private static let documented = ["[2001:db8::1]", "[2001:db8:ffff::1]", "[3fff::1]", "[3fff:fff::1]"]
  private static let unreadable = [
    "localhost", "localhost.", "LOCALHOST", "metadata", "intranet", "127.0.0.1.", "10.0.0.1.", "hooks.example.org.",
    ".example.org", "hooks..example.org", "[fe80::1%25eth0]", "[fe80::1%eth0]", "[::1", "::1", "%31%32%37.0.0.1",
    "127.0.0.1%00.example.org", "１２７.0.0.1", "127。0。0。1", "ⓛocalhost", "①②⑦.0.0.1", "exämple.org", "user@127.0.0.1",
    "user:word@hooks.example.org", "hooks.example.org@127.0.0.1", "hooks.example.org\\@127.0.0.1",
    "hooks.example.org#@127.0.0.1", "hooks.example.org\\.evil.test", "1.2.3.4.5", "1.2.3.256", "example.1", " ", "",
  ]
}
