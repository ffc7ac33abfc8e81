package dev.gatewatch.simulator;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * What all connections of one simulator share.
 *
 * <p>Everything here lives on one event loop, so nothing needs a lock; other threads come in through {@link #call}.
 */
final class Gateway {

    private final SimulatorOptions options;
    private final EventLoop loop;
    private final Journal journal = new Journal();
    private final Violations violations = new Violations();
    private final Deliveries deliveries = new Deliveries();
    private final Tokens tokens;
    private final Guilds guilds;
    private final SessionRegistry sessions;
    private final IdentifyLedger ledger;
    private final Tls tls = new Tls();
    private final FatalCloses fatalCloses = new FatalCloses();
    private final ActiveFaults faults = new ActiveFaults(this);
    private final List<GatewayConnection> connections = new ArrayList<>();
    private final ApplicationCommands commands = new ApplicationCommands();
    private final Interactions interactions = new Interactions(this);
    private final Scenarios scenarios = new Scenarios(this);
    private final NumberedEvents numbered = new NumberedEvents(this);
    private final Dispatches dispatches = new Dispatches(this);
    private final MemberRequests memberRequests = new MemberRequests(this);
    private final Counters counters = new Counters();
    private @Nullable Listener listener;

    Gateway(SimulatorOptions options, EventLoop loop) {
        Rules rules = options.rules();
        this.options = options;
        this.loop = loop;
        this.tokens = new Tokens(rules.acceptedTokens());
        this.guilds = new Guilds(options.guilds(), options.members());
        this.sessions = new SessionRegistry(rules, journal);
        this.ledger = new IdentifyLedger(rules.identifyLimit(), rules.identifyWindow(), System.currentTimeMillis());
    }

    /** Things that are only counted. */
    static final class Counters {
        long connections;
        long resumes;
        long resumesRefused;
        long requests;
        long invalidRequests;
        long commandWrites;
    }

    /** Does something on the event loop and returns what came of it; on the loop itself it is done at once. */
    <T> T call(Callable<T> action) {
        try {
            return loop.inEventLoop() ? action.call() : loop.submit(action).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the simulator", e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    void listener(Listener value) {
        listener = value;
    }

    Listener listener() {
        Listener known = listener;
        if (known == null) {
            throw new IllegalStateException("not listening yet");
        }
        return known;
    }

    SimulatorOptions options() {
        return options;
    }

    Rules rules() {
        return options.rules();
    }

    EventLoop loop() {
        return loop;
    }

    Journal journal() {
        return journal;
    }

    Violations violations() {
        return violations;
    }

    Deliveries deliveries() {
        return deliveries;
    }

    Tokens tokens() {
        return tokens;
    }

    Guilds guilds() {
        return guilds;
    }

    SessionRegistry sessions() {
        return sessions;
    }

    IdentifyLedger ledger() {
        return ledger;
    }

    FatalCloses fatalCloses() {
        return fatalCloses;
    }

    Tls tls() {
        return tls;
    }

    ActiveFaults faults() {
        return faults;
    }

    Counters counters() {
        return counters;
    }

    /** What users asked of the bot, and what it answered. */
    Scenarios scenarios() {
        return scenarios;
    }

    Interactions interactions() {
        return interactions;
    }

    /** The slash commands that bots registered. */
    ApplicationCommands commands() {
        return commands;
    }

    NumberedEvents numbered() {
        return numbered;
    }

    Dispatches dispatches() {
        return dispatches;
    }

    MemberRequests memberRequests() {
        return memberRequests;
    }

    /** The open gateway connections, oldest first; add and remove on this very list. */
    List<GatewayConnection> connections() {
        return connections;
    }
}
