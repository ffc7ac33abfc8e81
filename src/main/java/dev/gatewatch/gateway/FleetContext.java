package dev.gatewatch.gateway;

import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.scheduler.Scheduler;

/**
 * What one fleet after the other works with.
 *
 * @param config the operator's settings
 * @param files what outlives the process
 * @param events where facts are published
 * @param roster tells which shards leave
 * @param maxConcurrency what Discord last said: how many IDENTIFYs may be sent at once
 * @param gate spaces the IDENTIFYs; a new fleet waits for those of the one before
 * @param refused counts what Discord refused; it counts by address, not by fleet
 * @param traffic is told of each dispatch and each answer
 * @param tap sees each dispatch
 * @param scheduler the one thread of all supervision
 */
record FleetContext(
        GatewayConfig config,
        StateFiles files,
        ConnectionEvents events,
        ShardRoster roster,
        AtomicInteger maxConcurrency,
        IdentifyGate gate,
        InvalidRequests refused,
        Traffic traffic,
        DispatchTap tap,
        Scheduler scheduler) {

    static FleetContext of(
            GatewayConfig config,
            StateFiles files,
            ConnectionEvents events,
            ShardRoster roster,
            Traffic traffic,
            DispatchTap tap,
            Scheduler scheduler) {
        AtomicInteger maxConcurrency = new AtomicInteger(1);
        IdentifyGate gate = new IdentifyGate(maxConcurrency::get, scheduler);
        InvalidRequests refused = new InvalidRequests(scheduler);
        return new FleetContext(config, files, events, roster, maxConcurrency, gate, refused, traffic, tap, scheduler);
    }
}
