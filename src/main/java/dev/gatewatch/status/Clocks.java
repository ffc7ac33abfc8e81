package dev.gatewatch.status;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The clocks of a machine. */
interface Clocks {

    /** The wall clock, which may be set at any time. */
    Instant wall();

    /** A clock that is never set, and may stand still while the machine is suspended; only differences mean something. */
    Duration running();

    /** A clock that is never set, and goes on while the machine is suspended; empty where there is none. */
    Optional<Duration> sinceBoot();
}
