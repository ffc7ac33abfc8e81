package dev.gatewatch.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The bot as Discord describes it: its user and its application, which share one id. */
record Bot(long id) {

    private static final String DISCRIMINATOR = "0001"; // bots still have one, see [Discord Docs/User/User Object]

    String idText() {
        return Long.toString(id);
    }

    /** See [Discord Docs/User/User Object]. */
    ObjectNode user() {
        ObjectNode user = Json.object();
        user.put("id", Long.toString(id)).put("username", "gatewatch-bot").put("discriminator", DISCRIMINATOR);
        user.putNull("global_name").putNull("avatar").putNull("banner").putNull("accent_color");
        user.put("bot", true).put("system", false).put("mfa_enabled", false).put("locale", "en-US");
        user.put("verified", true)
                .putNull("email")
                .put("flags", 0)
                .put("premium_type", 0)
                .put("public_flags", 0);
        return user;
    }

    /** See [Discord Docs/Application/Application Object]. */
    ObjectNode application() {
        ObjectNode application = Json.object();
        application
                .put("id", Long.toString(id))
                .put("name", "gatewatch-bot")
                .putNull("icon")
                .put("description", "");
        application.put("bot_public", true).put("bot_require_code_grant", false);
        application
                .put("verify_key", "00".repeat(32))
                .putNull("team")
                .put("flags", 0)
                .putArray("rpc_origins");
        application.putObject("owner").setAll(owner());
        application.set("bot", user());
        return application;
    }

    private static ObjectNode owner() {
        ObjectNode owner = Json.object();
        owner.put("id", "1100000000000000000").put("username", "owner").put("discriminator", "0");
        owner.putNull("global_name").putNull("avatar").put("public_flags", 0);
        return owner;
    }
}
