package dev.gatewatch;

/** A Discord library that is not ours, and what its users have to know about it. */
enum Library {
    DISCORD_JS(
            "discord.js",
            "discordjs.mjs",
            "`rest: { api: 'http://127.0.0.1:8765/api' }`, without the version",
            Excuse.FIVE_SECONDS_SHARP,
            Excuse.NONE),
    DISCORD_PY(
            "discord.py",
            "discordpy.py",
            "`discord.http.Route.BASE = 'http://127.0.0.1:8765/api/v10'`, "
                    + "`discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL('ws://127.0.0.1:8765')`",
            Excuse.NONE,
            Excuse.NONE),
    JDA(
            "JDA",
            "jda",
            "`RestConfig.setBaseUrl(\"http://127.0.0.1:8765/api/v10/\")`, and a `SessionController` whose `getGateway()` is "
                    + "`ws://127.0.0.1:8765`",
            Excuse.NONE,
            Excuse.NONE),
    ERIS(
            "eris",
            "eris.mjs",
            "`simulate --tls-port 8766`; `rest: { domain: 'localhost', baseURL: '/api/v10', agent }, ws: { agent }` with "
                    + "`agent = new https.Agent({ port: 8766 })`",
            Excuse.NO_HEARTBEAT_MEANWHILE,
            Excuse.NONE),
    OCEANIC(
            "oceanic.js",
            "oceanic.mjs",
            "`rest: { baseURL: 'http://127.0.0.1:8765/api/v10' }`",
            Excuse.NO_HEARTBEAT_MEANWHILE,
            Excuse.NONE),
    SEYFERT(
            "seyfert",
            "seyfert.mjs",
            "`simulate --tls-port 8766`; `new ApiHandler({ token, domain: 'http://127.0.0.1:8765' })`, "
                    + "`https.globalAgent.options.port = 8766`",
            Excuse.COUNTS_FROM_CONNECTING,
            Excuse.NONE),
    DISCORDENO(
            "@discordeno/bot",
            "discordeno.mjs",
            "`rest: { proxy: { baseUrl: 'http://127.0.0.1:8765/api', authorization: 'Bot TOKEN' } }`",
            Excuse.RESUMES_TWICE,
            Excuse.NONE),
    CLOUDSTORM(
            "cloudstorm",
            "cloudstorm.mjs",
            "`snowtransferInstance: new SnowTransfer(token, { baseHost: 'http://127.0.0.1:8765' })`",
            Excuse.FIVE_SECONDS_SHARP,
            Excuse.WAITS_FOR_CLOSE);

    private final String title;
    private final String program;
    private final String option;
    private final Excuse brokenRule;
    private final Excuse unmet;

    Library(String title, String program, String option, Excuse brokenRule, Excuse unmet) {
        this.title = title;
        this.program = program;
        this.option = option;
        this.brokenRule = brokenRule;
        this.unmet = unmet;
    }

    /** Its name in its registry. */
    String title() {
        return title;
    }

    /** Of those that are not from npm. */
    String version() {
        return this == DISCORD_PY ? "of Debian 12" : "6.5.0";
    }

    /** The file or folder of its bot under {@code src/libraries/bots}. */
    String program() {
        return program;
    }

    /** What its user sets so that it talks to the simulator. */
    String option() {
        return option;
    }

    /** The rules of Discord's that the library itself breaks, at least at times. */
    Excuse brokenRule() {
        return brokenRule;
    }

    /** What the library itself does not do. */
    Excuse unmet() {
        return unmet;
    }
}
