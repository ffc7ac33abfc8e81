package dev.gatewatch.gateway;

import java.time.Duration;

/**
 * Discord's answer to Get Gateway Bot; see [Discord Docs/Gateway/Get Gateway Bot].
 *
 * @param url the gateway's address
 * @param shards how many shards Discord recommends, 1 or more
 * @param total how many IDENTIFYs a day allows
 * @param remaining how many of them are left
 * @param resetAfter when they are all there again
 * @param maxConcurrency how many IDENTIFYs are allowed per 5 s
 */
record GatewayBot(String url, int shards, int total, int remaining, Duration resetAfter, int maxConcurrency) {}
