package dev.gatewatch.gateway;

import java.util.function.Function;
import reactor.core.publisher.Mono;

/** What it takes to send one IDENTIFY: the shard's turn, and one of the day's, set aside for it. */
final class IdentifyPermit {

    private final IdentifyGate.Turn turn;
    private final IdentifyLedger.Reservation reservation;

    private IdentifyPermit(IdentifyGate.Turn turn, IdentifyLedger.Reservation reservation) {
        this.turn = turn;
        this.reservation = reservation;
    }

    /**
     * Waits for the shard's turn and then for what allows it, sets one IDENTIFY aside, and runs an attempt with both. What was not
     * used is given back.
     *
     * <p>Fails with {@link ConnectionEnded} when no IDENTIFY may be spent once the turn has come.
     */
    static <T> Mono<T> with(
            IdentifyGate gate,
            IdentifyLedger ledger,
            int shard,
            Mono<Void> allowed,
            Function<IdentifyPermit, Mono<T>> attempt) {
        return Mono.usingWhen(
                gate.turn(shard),
                turn -> allowed.then(Mono.using(
                        ledger::reserve,
                        reservation -> attempt.apply(new IdentifyPermit(turn, reservation)),
                        IdentifyLedger.Reservation::giveBack)),
                turn -> Mono.fromRunnable(turn::release));
    }

    /** Takes note that the IDENTIFY is being sent; false when that is known already. */
    boolean spend() {
        turn.spent();
        return reservation.spent();
    }
}
