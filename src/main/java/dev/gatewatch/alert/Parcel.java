package dev.gatewatch.alert;

import java.time.Instant;

/**
 * One message for one target, until it is delivered; immutable.
 *
 * @param target the target's key
 * @param message what is told
 * @param attempts how many attempts failed
 * @param due when the next one may be made
 */
record Parcel(String target, AlertMessage message, int attempts, Instant due) {

    /** A new one, due at once. */
    static Parcel of(Target target, AlertMessage message) {
        return new Parcel(target.key(), message, 0, message.at());
    }

    /** The same after one more failed attempt. */
    Parcel postponed(Instant until) {
        return new Parcel(target, message, attempts + 1, until);
    }

    /** What it is known by. */
    Id id() {
        return new Id(target, message.id());
    }

    /** Known by its target and its message. */
    record Id(String target, String message) {}
}
