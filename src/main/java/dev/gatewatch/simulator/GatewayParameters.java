package dev.gatewatch.simulator;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for in the query of the gateway's URL.
 *
 * <p>See [Discord Docs/Gateway: Gateway URL Query String Params].
 */
record GatewayParameters(String version, String encoding, String compress) {

    /** What a URL without a version means. See [Discord Docs/Reference: API Versioning]. */
    private static final int DEFAULT_VERSION = 6;

    private static final int NEWEST_VERSION = 10;
    private static final Set<String> COMPRESSIONS = Set.of("", "zlib-stream", "zstd-stream");

    static GatewayParameters of(HttpCall upgrade) {
        return new GatewayParameters(
                upgrade.query("v", String.valueOf(DEFAULT_VERSION)),
                upgrade.query("encoding", "json"),
                upgrade.query("compress", ""));
    }

    /** The version's number, 0 when it is not one. */
    int versionNumber() {
        return version.matches("[0-9]{1,3}") ? Integer.parseInt(version) : 0;
    }

    /** Whether Discord still serves this version. */
    boolean hasKnownVersion() {
        return versionNumber() >= DEFAULT_VERSION && versionNumber() <= NEWEST_VERSION;
    }

    /** Intents have to be named since version 8. See [Discord Docs/Gateway/Gateway Intents]. */
    boolean requiresIntents() {
        return versionNumber() >= 8;
    }

    /** Why the simulator cannot talk to such a client; null when it can. */
    @Nullable
    String unsupported() {
        if (!encoding.equals("json")) {
            return "the simulator does not speak encoding=%s; make the client use encoding=json".formatted(encoding);
        }
        if (!COMPRESSIONS.contains(compress)) {
            return "the simulator does not know compress=%s; make the client use zlib-stream, zstd-stream or none"
                    .formatted(compress);
        }
        return null;
    }
}
