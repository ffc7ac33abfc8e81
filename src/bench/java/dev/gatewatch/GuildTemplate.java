package dev.gatewatch;

import dev.gatewatch.gateway.RealisticPayloads;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Realistic GUILD_CREATEs, each of another guild, made from one by writing other ids and another sequence number into it.
 *
 * <p>All ids of a guild begin with the same 16 digits, which no other guild's do.
 */
final class GuildTemplate {

    private static final long FIRST = RealisticPayloads.FOUNDED / 1_000;

    private final byte[] bytes;
    private final List<Integer> ids;
    private final int sequence;

    GuildTemplate() {
        String json = new String(RealisticPayloads.guild(0, 1_000_000), StandardCharsets.UTF_8);
        bytes = json.getBytes(StandardCharsets.UTF_8);
        ids = positions(json, Long.toString(FIRST));
        sequence = json.indexOf("\"s\":1000000") + 4;
    }

    /** The guild's id. */
    static long id(int number) {
        return (FIRST + number) * 1_000;
    }

    /** Its GUILD_CREATE with a sequence number of seven digits. */
    byte[] guild(int number, int sequenceNumber) {
        byte[] guild = bytes.clone();
        byte[] digits = Long.toString(FIRST + number).getBytes(StandardCharsets.US_ASCII);
        ids.forEach(at -> System.arraycopy(digits, 0, guild, at, digits.length));
        byte[] newer = Integer.toString(sequenceNumber).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(newer, 0, guild, sequence, newer.length);
        return guild;
    }

    /** Bytes of JSON. */
    int length() {
        return bytes.length;
    }

    private static List<Integer> positions(String text, String wanted) {
        List<Integer> found = new ArrayList<>();
        for (int at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
            found.add(at);
        }
        return found;
    }
}
