extension HelpTopic {
  static let environment = HelpTopic(
    name: "environment", title: "Environment variables",
    text: #"""
        AGENT_MESH_REGISTRY   the registry, unless --registry or skills.json name
                              one; wins over the configured one
        AGENT_MESH_TOKEN      a token for your own registry; wins over a stored one;
                              with AGENT_MESH_REGISTRY it is for that one alone
        AGENT_MESH_CACHE      the folder of the cache; see: help cache
        HOME                  where ~/.agent-mesh, ~/.agents and agents' folders are
        XDG_CACHE_HOME        folder of caches, when it is an absolute path
        XDG_CONFIG_HOME       folder of configurations, for agents that use it
        TMPDIR                folder of temporary files
        PATH                  where git and xdg-open are looked for
        DISPLAY, WAYLAND_DISPLAY   whether login can open a browser
        SSH_CONNECTION        on macOS: that it cannot
        NO_COLOR              no colours, when it is not empty
        TERM                  'dumb' for no colours and no progress line
        DEBUG                 also say which requests are made, as --verbose does
        COLUMNS               how wide tables may be
        AGENT_BRIDGE_AGENT_ID the agent that calls another one, in its own runtime
        AGENT_BRIDGE_TOKEN    a token for 'connect' alone; wins over that of a
                              ticket and that of a login
        SOURCE_DATE_EPOCH     seconds since 1970 to write in place of the time, for
                              files that are to be the same on every run

      Network:

        http_proxy, https_proxy, HTTPS_PROXY, all_proxy, ALL_PROXY   proxies
        no_proxy, NO_PROXY    hosts to reach directly, separated by commas
        CURL_CA_BUNDLE, SSL_CERT_FILE   certificates to trust, as a file
        SSL_CERT_DIR          certificates to trust, as a folder

      git gets only what it needs of these, and also:

        USER, LOGNAME, SSH_AUTH_SOCK, GIT_SSL_CAINFO, HTTP_PROXY

      A program that 'connect' runs gets these alone, and LC_*:

        PATH, HOME, USER, LOGNAME, SHELL, LANG, LANGUAGE, TZ, TMPDIR, TERM, NO_COLOR

      Homes of agents, where their folders are looked for:

        APPDATA, AUTOHAND_HOME, CLAUDE_CONFIG_DIR, CODEWHALE_HOME, CODEX_HOME,
        FLATPAK_XDG_CONFIG_HOME, GROK_HOME, HERMES_HOME, SARVAM_HOME, VIBE_HOME
      """#)
}
