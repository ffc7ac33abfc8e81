package dev.gatewatch.alert;

import java.time.Duration;

/**
 * How a test alert ended.
 *
 * @param target the target's name
 * @param delivery how
 * @param took how long
 */
public record TestOutcome(String target, Delivery delivery, Duration took) {}
