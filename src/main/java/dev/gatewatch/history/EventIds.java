package dev.gatewatch.history;

import java.security.SecureRandom;
import java.time.Instant;

/**
 * Makes unique ids that sort in the order in which they were made: ULIDs, 26 characters.
 *
 * <p>48 bits of milliseconds, then 80 random bits that count up within one millisecond; a clock that jumps back does not
 * bring the ids back. Thread-safe. See [github.com/ulid/spec].
 */
public final class EventIds {

    private static final char[] CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();

    private final SecureRandom random = new SecureRandom();
    private long millis = -1;
    private long high; // 16 random bits
    private long low; // 64 random bits

    /** The next id, for something that happened at this time. */
    public synchronized String next(Instant at) {
        if (at.toEpochMilli() > millis) {
            millis = at.toEpochMilli();
            high = random.nextInt(1 << 15);
            low = random.nextLong();
        } else if (++low == 0) {
            high++;
        }
        return text();
    }

    private String text() {
        char[] text = new char[26];
        for (int i = 9, bits = 0; i >= 0; i--, bits += 5) {
            text[i] = CROCKFORD[(int) (millis >>> bits & 31)];
        }
        for (int i = 25, bits = 0; i >= 10; i--, bits += 5) {
            text[i] = CROCKFORD[(int) (bits(bits) & 31)];
        }
        return new String(text);
    }

    /** The random part, shifted right. */
    private long bits(int shift) {
        if (shift == 0) {
            return low;
        }
        return shift < 64 ? low >>> shift | high << (64 - shift) : high >>> (shift - 64);
    }
}
