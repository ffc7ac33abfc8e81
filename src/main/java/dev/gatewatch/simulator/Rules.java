package dev.gatewatch.simulator;

import java.time.Duration;
import java.util.Set;

/**
 * Discord's limits; the defaults are Discord's own, a test shortens or tightens the one it is about.
 *
 * @param handshake when HELLO and op 9 come, and what a RESUME does to the connection before it
 * @param shards what {@code GET /gateway/bot} recommends
 * @param requiredShards fewer shards than this are closed with 4011
 * @param maxConcurrency how many identify buckets there are
 * @param identifyWindow each bucket takes one IDENTIFY per window
 * @param identifyLimit how many IDENTIFYs 24 hours allow
 * @param sessionTtl how long a session without a connection can be resumed
 * @param replayLimit how many past events a session keeps for a RESUME
 * @param disallowedIntents intent bits that are closed with 4014
 * @param eventsPerSecond numbered dispatches sent unasked; 0 for none
 * @param acceptedTokens the tokens that are valid; every well-formed one when empty
 * @param seed of everything random, so that a run can be repeated
 * @param interactionTimes how long interactions can be answered
 */
public record Rules(
        Handshake handshake,
        int shards,
        int requiredShards,
        int maxConcurrency,
        Duration identifyWindow,
        int identifyLimit,
        Duration sessionTtl,
        int replayLimit,
        long disallowedIntents,
        double eventsPerSecond,
        Set<String> acceptedTokens,
        long seed,
        InteractionTimes interactionTimes) {

    /**
     * How a connection begins, where Discord's documentation says nothing or little.
     *
     * @param helloDelay how long after the upgrade's answer HELLO is sent; at zero both leave in one TCP segment
     * @param identifyRefusalDelay how long an IDENTIFY that came too soon waits for its op 9; users of Discord report a
     *     few seconds, see [discord-api-docs issue 1328]
     * @param resumeReplacesConnection whether a RESUME of a session that is still connected ends the older connection;
     *     if not, both get every event
     */
    public record Handshake(Duration helloDelay, Duration identifyRefusalDelay, boolean resumeReplacesConnection) {

        /** As close to Discord as is known. */
        public static final Handshake DISCORD = new Handshake(Duration.ofMillis(20), Duration.ofSeconds(2), true);
    }

    /**
     * How long an interaction can be answered. See [Discord Docs/Interactions/Receiving and Responding].
     *
     * @param first until the first response
     * @param token how long its token is good for edits and follow-ups
     */
    public record InteractionTimes(Duration first, Duration token) {

        /** 3 seconds and 15 minutes. */
        public static final InteractionTimes DISCORD =
                new InteractionTimes(Duration.ofSeconds(3), Duration.ofMinutes(15));
    }

    /** What Discord does, as far as it says so. */
    public static Rules discord() {
        return new Rules(
                Handshake.DISCORD,
                1,
                1,
                1,
                Duration.ofSeconds(5),
                1000,
                Duration.ofMinutes(5),
                10_000,
                0,
                0,
                Set.of(),
                1,
                InteractionTimes.DISCORD);
    }

    public Rules {
        acceptedTokens = Set.copyOf(acceptedTokens);
    }

    /** Sends HELLO this long after the upgrade's answer; at zero both leave in one TCP segment. */
    public Rules withHelloDelay(Duration helloDelay) {
        return withHandshake(
                new Handshake(helloDelay, handshake.identifyRefusalDelay(), handshake.resumeReplacesConnection()));
    }

    /** Answers an IDENTIFY that came too soon with op 9 after this time. */
    public Rules withIdentifyRefusalDelay(Duration delay) {
        return withHandshake(new Handshake(handshake.helloDelay(), delay, handshake.resumeReplacesConnection()));
    }

    /** Whether a RESUME of a session that is still connected ends the older connection. */
    public Rules withResumeReplacesConnection(boolean replaces) {
        return withHandshake(new Handshake(handshake.helloDelay(), handshake.identifyRefusalDelay(), replaces));
    }

    private Rules withHandshake(Handshake handshake) {
        return new Rules(
                handshake,
                shards,
                requiredShards,
                maxConcurrency,
                identifyWindow,
                identifyLimit,
                sessionTtl,
                replayLimit,
                disallowedIntents,
                eventsPerSecond,
                acceptedTokens,
                seed,
                interactionTimes);
    }

    public Rules withShards(int shards, int requiredShards) {
        return new Rules(
                handshake,
                shards,
                requiredShards,
                maxConcurrency,
                identifyWindow,
                identifyLimit,
                sessionTtl,
                replayLimit,
                disallowedIntents,
                eventsPerSecond,
                acceptedTokens,
                seed,
                interactionTimes);
    }

    public Rules withIdentifies(int maxConcurrency, Duration identifyWindow, int identifyLimit) {
        return new Rules(
                handshake,
                shards,
                requiredShards,
                maxConcurrency,
                identifyWindow,
                identifyLimit,
                sessionTtl,
                replayLimit,
                disallowedIntents,
                eventsPerSecond,
                acceptedTokens,
                seed,
                interactionTimes);
    }

    public Rules withSessions(Duration sessionTtl, int replayLimit) {
        return new Rules(
                handshake,
                shards,
                requiredShards,
                maxConcurrency,
                identifyWindow,
                identifyLimit,
                sessionTtl,
                replayLimit,
                disallowedIntents,
                eventsPerSecond,
                acceptedTokens,
                seed,
                interactionTimes);
    }

    public Rules withDisallowedIntents(long disallowedIntents) {
        return new Rules(
                handshake,
                shards,
                requiredShards,
                maxConcurrency,
                identifyWindow,
                identifyLimit,
                sessionTtl,
                replayLimit,
                disallowedIntents,
                eventsPerSecond,
                acceptedTokens,
                seed,
                interactionTimes);
    }

    public Rules withEventsPerSecond(double eventsPerSecond) {
        return new Rules(
                handshake,
                shards,
                requiredShards,
                maxConcurrency,
                identifyWindow,
                identifyLimit,
                sessionTtl,
                replayLimit,
                disallowedIntents,
                eventsPerSecond,
                acceptedTokens,
                seed,
                interactionTimes);
    }

    public Rules withAcceptedTokens(Set<String> acceptedTokens) {
        return new Rules(
                handshake,
                shards,
                requiredShards,
                maxConcurrency,
                identifyWindow,
                identifyLimit,
                sessionTtl,
                replayLimit,
                disallowedIntents,
                eventsPerSecond,
                acceptedTokens,
                seed,
                interactionTimes);
    }

    public Rules withSeed(long seed) {
        return new Rules(
                handshake,
                shards,
                requiredShards,
                maxConcurrency,
                identifyWindow,
                identifyLimit,
                sessionTtl,
                replayLimit,
                disallowedIntents,
                eventsPerSecond,
                acceptedTokens,
                seed,
                interactionTimes);
    }

    public Rules withInteractionTimes(InteractionTimes interactionTimes) {
        return new Rules(
                handshake,
                shards,
                requiredShards,
                maxConcurrency,
                identifyWindow,
                identifyLimit,
                sessionTtl,
                replayLimit,
                disallowedIntents,
                eventsPerSecond,
                acceptedTokens,
                seed,
                interactionTimes);
    }
}
