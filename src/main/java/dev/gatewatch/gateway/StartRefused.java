package dev.gatewatch.gateway;

/**
 * An event for the application: the gateway is not started, and the process is to end.
 *
 * @param cause why
 */
public record StartRefused(Throwable cause) {}
