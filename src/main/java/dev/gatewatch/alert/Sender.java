package dev.gatewatch.alert;

import reactor.core.publisher.Mono;

/** Hands a message to a target, once. */
interface Sender {

    /** Sends; completes with how it ended, within a deadline. Never fails. */
    Mono<Delivery> send(Target target, AlertMessage message);
}
