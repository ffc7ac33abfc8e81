package dev.gatewatch.gateway;

import org.jspecify.annotations.Nullable;

/**
 * What it takes to resume: see [Discord Docs/Gateway/Resuming].
 *
 * @param id the session id of READY
 * @param sequence the last sequence number received, 0 or more
 * @param resumeUrl the {@code resume_gateway_url} of READY; null once it proved dead
 */
record Session(String id, int sequence, @Nullable String resumeUrl) {

    Session withoutResumeUrl() {
        return new Session(id, sequence, null);
    }

    /** Without the id, which together with the token would let others resume it. */
    @Override
    public String toString() {
        return "Session[sequence=" + sequence + "]";
    }
}
