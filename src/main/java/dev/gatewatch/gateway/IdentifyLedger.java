package dev.gatewatch.gateway;

import dev.gatewatch.connection.Failure;
import dev.gatewatch.connection.IdentifyBudget;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Keeps account of every IDENTIFY, over restarts too, so that no crash loop can spend the day's budget and lose the token.
 *
 * <p>It believes the more pessimistic of two accounts: what Discord said was left, less what was spent since; and the daily total,
 * less what was spent in the last 24 hours. Thread-safe.
 */
final class IdentifyLedger {

    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration LEAST_WAIT = Duration.ofSeconds(5);
    private static final int DISCORDS_TOTAL = 1_000;

    private final Supplier<Instant> clock;
    private final int reserve;
    private final Consumer<Account> save;
    private Account account;
    private int reserved;
    private int spends; // of this process
    private int spentSinceTold;

    /**
     * @param clock the wall clock
     * @param reserve how many IDENTIFYs are kept back
     * @param before the account so far
     * @param save is given each new account; may block for a moment
     */
    IdentifyLedger(Supplier<Instant> clock, int reserve, Account before, Consumer<Account> save) {
        this.clock = clock;
        this.reserve = reserve;
        this.account = before;
        spentSinceTold = before.spentSince(before.toldAt());
        this.save = save;
    }

    /**
     * Discord is being asked now how many are left; gives who is to be told the answer. What is spent until the answer arrives may be
     * missing from it.
     */
    synchronized Consumer<GatewayBot> asked() {
        int spendsWhenAsked = spends;
        return answer -> told(answer, spendsWhenAsked);
    }

    private synchronized void told(GatewayBot answer, int spendsWhenAsked) {
        Instant now = clock.get();
        int left = Math.max(0, answer.remaining() - (spends - spendsWhenAsked));
        spentSinceTold = 0;
        update(new Account(account.spent(), answer.total(), left, now, now.plus(answer.resetAfter())));
    }

    /**
     * Sets one IDENTIFY aside for who is about to send it, so that no two shards count on the same one.
     *
     * @throws ConnectionEnded when none may be spent now
     */
    synchronized Reservation reserve() {
        refusal().ifPresent(refused -> {
            throw new ConnectionEnded(refused);
        });
        reserved++;
        return new Reservation();
    }

    private void spend() {
        Instant now = clock.get();
        List<Instant> spent = new ArrayList<>(account.spent());
        spent.removeIf(at -> at.isBefore(now.minus(DAY)));
        spent.add(now);
        spends++;
        spentSinceTold++;
        update(new Account(spent, account.total(), account.toldRemaining(), account.toldAt(), account.resetAt()));
    }

    /** What is left now. */
    synchronized IdentifyBudget budget() {
        Instant now = clock.get();
        int today = account.spentSince(now.minus(DAY));
        int byDiscord = account.toldRemaining() - spentSinceTold;
        int remaining = Math.max(0, Math.min(byDiscord, account.total() - today));
        return new IdentifyBudget(account.total(), remaining, account.resetAt(), reserve, account.spent()).at(now);
    }

    /** Why no IDENTIFY may be spent now, and until when; empty when one may. */
    synchronized Optional<Failure> refusal() {
        IdentifyBudget budget = budget();
        int left = budget.remaining() - reserved;
        if (left > budget.reserve()) {
            return Optional.empty();
        }
        Duration wait = Duration.between(clock.get(), budget.resetAt());
        Duration atLeast = Durations.max(LEAST_WAIT, wait);
        return Optional.of(new Failure(
                Failure.Kind.BUDGET,
                null,
                "Only " + Math.max(0, left) + " of " + budget.total() + " IDENTIFYs are left and " + budget.reserve()
                        + " are kept in reserve: waiting until " + clock.get().plus(atLeast)
                        + ", since Discord resets the token of a bot"
                        + " that spends them all",
                atLeast));
    }

    private void update(Account changed) {
        account = changed;
        save.accept(changed);
    }

    /** One IDENTIFY that is set aside: it is either spent or given back. */
    final class Reservation {

        private boolean over;

        /** The IDENTIFY is being sent; false when it is over already. */
        boolean spent() {
            synchronized (IdentifyLedger.this) {
                boolean first = !over;
                if (first) {
                    giveBack();
                    spend();
                }
                return first;
            }
        }

        /** The attempt is over; does nothing after {@link #spent()}. */
        void giveBack() {
            synchronized (IdentifyLedger.this) {
                if (!over) {
                    over = true;
                    reserved--;
                }
            }
        }
    }

    /**
     * The account as it is kept in {@code identifies.json}.
     *
     * @param spent when each IDENTIFY of the last 24 hours was sent, oldest first
     * @param total the daily total
     * @param toldRemaining what Discord said was left, less what was spent while the answer was under way
     * @param toldAt when it said so
     * @param resetAt when it said they would all be there again
     */
    @RegisterForReflection // for Jackson in a native image
    record Account(List<Instant> spent, int total, int toldRemaining, Instant toldAt, Instant resetAt) {

        /** Nothing known: Discord's usual total, all there. */
        static final Account NEW = new Account(List.of(), DISCORDS_TOTAL, DISCORDS_TOTAL, Instant.EPOCH, Instant.EPOCH);

        Account {
            spent = List.copyOf(spent);
        }

        private int spentSince(Instant since) {
            return (int) spent.stream().filter(at -> !at.isBefore(since)).count();
        }
    }
}
