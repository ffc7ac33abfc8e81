package dev.gatewatch.alert;

import dev.gatewatch.history.MaintenanceWindow;
import dev.gatewatch.history.Verdict;
import java.time.Instant;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What the alerts ask others for. */
interface AlertSources {

    /** Whose alerts these are. */
    String instance();

    /** All maintenance windows, now and whenever they may have changed; never fails. */
    Flux<List<MaintenanceWindow>> maintenance();

    /** The verdict on an outage that is over; empty when there is none to be had soon. Never fails. */
    Mono<Verdict> verdict(Instant since, Instant until);
}
