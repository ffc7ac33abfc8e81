package dev.gatewatch.gateway;

import java.util.function.Supplier;
import reactor.core.scheduler.Scheduler;

/**
 * What every shard's supervisor works with.
 *
 * @param wire opens connections; known before the first connect
 * @param directory knows where the gateway is
 * @param shardCount how many shards the bot has, as long as Discord agrees
 * @param gate spaces the IDENTIFYs of all shards
 * @param ledger keeps account of them
 * @param reachability cuts waits short when the network is back
 * @param rules the operator's settings
 * @param events where facts are published
 * @param scheduler the one thread of all supervision
 */
record Supplies(
        Supplier<Wire> wire,
        GatewayDirectory directory,
        ShardCount shardCount,
        IdentifyGate gate,
        IdentifyLedger ledger,
        Reachability reachability,
        SupervisionRules rules,
        ConnectionEvents events,
        Scheduler scheduler) {}
