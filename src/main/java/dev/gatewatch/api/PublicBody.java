package dev.gatewatch.api;

/** Paths that take a body from anybody, without the admin token. */
public interface PublicBody {

    /** Whether a request for this path may send a body. Called on the event loop; never waits. */
    boolean isTakenAt(String path);
}
